package io.carafe.linux.cgroup;

/**
 * A systemd slice, whose name is its path: {@code a-b.slice} lies in {@code a.slice}.
 *
 * <p>Source: systemd.slice(5).
 */
public record SystemdSlice(String name) {
    private static final String SUFFIX = ".slice";
    private static final String ROOT = "-.slice";

    /** @throws IllegalArgumentException if systemd would not take the name for a slice's */
    public SystemdSlice {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "'" + name
                            + "' is not the name of a systemd slice: it must end in .slice, and have no slash, nor a dash at an end or twice");
        }
    }

    public static boolean isName(String name) {
        if (name.equals(ROOT)) {
            return true;
        }
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
        return !stem.isEmpty()
                && !stem.contains("/")
                && !stem.contains("--")
                && !stem.startsWith("-")
                && !stem.endsWith("-");
    }

    /** Its cgroup, such as {@code /a.slice/a-b.slice}; {@code /} for the root slice. */
    public String cgroupPath() {
        if (name.equals(ROOT)) {
            return "/";
        }
        StringBuilder path = new StringBuilder();
        String stem = name.substring(0, name.length() - SUFFIX.length());
        for (int dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
            path.append('/').append(stem, 0, dash).append(SUFFIX);
        }
        return path.append('/').append(name).toString();
    }

    /** The cgroup of the scope that runc makes of {@code slice:prefix:id}. */
    public String scopePath(String prefix, String id) {
        String parent = cgroupPath();
        return (parent.equals("/") ? "" : parent) + "/" + (prefix.isEmpty() ? "" : prefix + "-") + id + ".scope";
    }
}
