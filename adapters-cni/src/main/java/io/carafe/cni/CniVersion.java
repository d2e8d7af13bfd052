package io.carafe.cni;

import io.carafe.domain.fault.Fault;
import java.util.Comparator;
import java.util.regex.Pattern;

/** A version of the CNI protocol, as {@code cniVersion} names it. */
record CniVersion(int major, int minor, int patch) implements Comparable<CniVersion> {
    /** What a configuration that does not say is taken for. */
    static final CniVersion OLDEST = new CniVersion(0, 1, 0);

    /** The newest that this package speaks. */
    static final CniVersion NEWEST = new CniVersion(1, 1, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

    static CniVersion parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Fault.InvalidArgument("cniVersion '" + text + "' is not of the form 1.0.0");
        }
        return new CniVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    boolean isKnown() {
        return compareTo(OLDEST) >= 0 && compareTo(NEWEST) <= 0;
    }

    /** Whether plugins of this version have the verbs STATUS and GC. */
    boolean hasStatusAndGc() {
        return compareTo(new CniVersion(1, 1, 0)) >= 0;
    }

    @Override
    public int compareTo(CniVersion other) {
        return Comparator.comparingInt(CniVersion::major)
                .thenComparingInt(CniVersion::minor)
                .thenComparingInt(CniVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
