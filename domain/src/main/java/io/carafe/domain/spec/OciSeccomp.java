package io.carafe.domain.spec;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A seccomp filter in config.json's words. */
public record OciSeccomp(
        String defaultAction,
        OptionalInt defaultErrnoRet,
        List<String> architectures,
        List<String> flags,
        List<Syscall> syscalls) {
    public OciSeccomp {
        architectures = List.copyOf(architectures);
        flags = List.copyOf(flags);
        syscalls = List.copyOf(syscalls);
    }

    public record Syscall(List<String> names, String action, OptionalInt errnoRet, List<Arg> args) {
        public Syscall {
            names = List.copyOf(names);
            args = List.copyOf(args);
        }
    }

    public record Arg(int index, long value, OptionalLong valueTwo, String op) {}
}
