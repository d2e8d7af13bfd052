package io.carafe.ports.spi;

/** Whether something works now; {@code reason} one word, {@code message} a sentence; both empty when it does. */
public record HealthCondition(boolean ok, String reason, String message) {
    public static final HealthCondition OK = new HealthCondition(true, "", "");

    public static HealthCondition failing(String reason, String message) {
        return new HealthCondition(false, reason, message);
    }
}
