package io.carafe.linux.capability;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a kernel release such as 6.1.0-25-amd64. */
public record KernelVersion(int major, int minor) {
    private static final Pattern NUMBERS = Pattern.compile("^(\\d+)\\.(\\d+)");

    /** Zero for what is no release. */
    public static KernelVersion parse(String release) {
        Matcher numbers = NUMBERS.matcher(release);
        return numbers.find()
                ? new KernelVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                : new KernelVersion(0, 0);
    }

    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }
}
