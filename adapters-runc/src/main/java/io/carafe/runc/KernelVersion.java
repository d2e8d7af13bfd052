package io.carafe.runc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a kernel release such as 6.1.0-25-amd64. */
record KernelVersion(int major, int minor) {
    private static final Pattern NUMBERS = Pattern.compile("^(\\d+)\\.(\\d+)");

    /** Zero for what is no release. */
    static KernelVersion parse(String release) {
        Matcher numbers = NUMBERS.matcher(release);
        return numbers.find()
                ? new KernelVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                : new KernelVersion(0, 0);
    }

    boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }
}
