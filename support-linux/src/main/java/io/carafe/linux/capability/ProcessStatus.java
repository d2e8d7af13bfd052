package io.carafe.linux.capability;

import io.carafe.linux.file.ControlFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of /proc/pid/status.
 *
 * <p>Source: proc_pid_status(5).
 */
public record ProcessStatus(Map<String, String> fields) {
    public ProcessStatus {
        fields = Map.copyOf(fields);
    }

    /** Of this process. */
    public static ProcessStatus own() {
        return parse(ControlFile.read(Path.of("/proc/self/status")).orElse(""));
    }

    static ProcessStatus parse(String text) {
        return new ProcessStatus(text.lines()
                .filter(line -> line.contains(":"))
                .collect(Collectors.toUnmodifiableMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, _) -> first)));
    }

    /** The capabilities that the process has and can hand on, with CAP_ prefix: permitted ones that the bounding set leaves. */
    public Set<String> grantableCapabilities() {
        return CapabilityNames.ofMask(mask("CapBnd") & mask("CapPrm"));
    }

    /** True if the kernel can filter system calls. */
    public boolean hasSeccomp() {
        return fields.containsKey("Seccomp");
    }

    /** The lowest value of its own oom_score_adj that a process without CAP_SYS_RESOURCE can set for its children. */
    public static int ownOomScoreAdj() {
        return ControlFile.read(Path.of("/proc/self/oom_score_adj"))
                .map(String::strip)
                .map(Integer::valueOf)
                .orElse(0);
    }

    private long mask(String field) {
        return Optional.ofNullable(fields.get(field))
                .map(hex -> Long.parseUnsignedLong(hex, 16))
                .orElse(0L);
    }
}
