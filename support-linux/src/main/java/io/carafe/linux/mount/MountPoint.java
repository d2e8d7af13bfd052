package io.carafe.linux.mount;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of mountinfo.
 *
 * <p>Shape: {@code root} is the directory of the file system that is visible at {@code path}; {@code options} belong to the
 * mount, {@code superOptions} to the file system; {@code propagation} holds tags such as {@code shared:5}, and none if private.
 *
 * <p>Source: proc_pid_mountinfo(5).
 */
public record MountPoint(
        int id,
        int parent,
        String device,
        String root,
        Path path,
        Set<String> options,
        List<String> propagation,
        String type,
        String source,
        Set<String> superOptions) {
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    public MountPoint {
        options = Set.copyOf(options);
        propagation = List.copyOf(propagation);
        superOptions = Set.copyOf(superOptions);
    }

    static MountPoint parse(String line) {
        String[] fields = line.split(" ", -1);
        int dash = Arrays.asList(fields).indexOf("-");
        if (dash < 6 || fields.length < dash + 4) {
            throw new IllegalArgumentException("not a line of mountinfo: " + line);
        }
        return new MountPoint(
                Integer.parseInt(fields[0]),
                Integer.parseInt(fields[1]),
                fields[2],
                unescape(fields[3]),
                Path.of(unescape(fields[4])),
                commaSeparated(fields[5]),
                List.of(fields).subList(6, dash),
                fields[dash + 1],
                unescape(fields[dash + 2]),
                commaSeparated(fields[dash + 3]));
    }

    /** True if mounts made below this one appear in other mount namespaces too. */
    public boolean isShared() {
        return propagation.stream().anyMatch(tag -> tag.startsWith("shared:"));
    }

    private static Set<String> commaSeparated(String text) {
        return Arrays.stream(text.split(",")).collect(Collectors.toUnmodifiableSet());
    }

    /** The kernel writes space, tab, newline and backslash as octal, and no other byte: the text around them is UTF-8. */
    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        Matcher escapes = ESCAPE.matcher(text);
        return escapes.replaceAll(escape -> Matcher.quoteReplacement(new String(
                new byte[] {(byte) Integer.parseInt(escape.group(1), 8)}, StandardCharsets.ISO_8859_1)));
    }
}
