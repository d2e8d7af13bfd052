package io.carafe.ports.tck.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A root file system of one static busybox and links to it. */
final class TckRootfs {
    private static final List<String> PROGRAMS = List.of(
            "sh",
            "cat",
            "echo",
            "sleep",
            "true",
            "false",
            "id",
            "ps",
            "head",
            "tr",
            "stty",
            "nc",
            "seq",
            "dd",
            "kill",
            "setsid",
            "wc",
            "grep",
            "readlink",
            "mkdir",
            "chmod",
            "mknod",
            "mount",
            "touch");

    private TckRootfs() {}

    static Path make(Path directory) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path busybox = StaticBusybox.find()
                .orElseThrow(() -> new AssertionError("no static busybox on this host: install busybox-static"));
        Files.copy(busybox, bin.resolve("busybox"));
        for (String program : PROGRAMS) {
            Files.createSymbolicLink(bin.resolve(program), Path.of("busybox"));
        }
        Path answer = Files.writeString(bin.resolve("answer"), "#!/bin/sh\nread x\necho got $x\n");
        Files.setPosixFilePermissions(answer, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : List.of("proc", "dev", "tmp", "etc")) {
            Files.createDirectory(directory.resolve(name));
        }
        return directory;
    }
}
