package io.carafe.application.stream;

/** The right to open one stream, once. Who has the token needs no other, so it is in no log. */
public record StreamTicket(StreamKind kind, String token) {
    @Override
    public String toString() {
        return "ticket for " + kind;
    }
}
