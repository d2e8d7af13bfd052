package io.carafe.cni;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers as Kubernetes writes them: 10M, 1.5Gi, 1e6. Source: the resource quantities of the Kubernetes API. */
final class Quantity {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{0,9})?|\\.\\d{1,9})(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\\d{1,2}))?");

    private Quantity() {}

    /** Rounded up, as Kubernetes does; empty if it is not a quantity, or more than a long holds. */
    static OptionalLong parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        var number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        String exponent = matcher.group(3);
        if (suffix != null) {
            number = number.multiply(factor(suffix));
        } else if (exponent != null) {
            number = number.scaleByPowerOfTen(Integer.parseInt(exponent));
        }
        try {
            return OptionalLong.of(number.setScale(0, RoundingMode.CEILING).longValueExact());
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    private static BigDecimal factor(String suffix) {
        int small = "num".indexOf(suffix);
        if (small >= 0) {
            return BigDecimal.ONE.scaleByPowerOfTen(3 * small - 9);
        }
        boolean binary = suffix.endsWith("i");
        int power = 1 + "kMGTPE".indexOf(suffix.replace("i", "").replace('K', 'k'));
        return BigDecimal.valueOf(binary ? 1024 : 1000).pow(power);
    }
}
