package com.example.unshare;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of the host, by their command lines: after the daemon's death nothing else is certain about them. */
final class HostProcesses {
    private HostProcesses() {}

    /** Those of which one argument is {@code argument}. */
    static List<ProcessHandle> withArgument(String argument) {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (arguments(pid).contains(argument)) {
                    ProcessHandle.of(pid).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Empty for one that has ended. */
    static List<String> arguments(long pid) {
        return read(pid, "cmdline")
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split("\0")))
                .orElse(List.of());
    }

    /** Clock ticks after boot, field 22 of proc(5)'s stat; the name in field 2 may have blanks. */
    static Optional<Long> startTime(long pid) {
        return read(pid, "stat")
                .map(text ->
                        Long.parseLong(text.substring(text.lastIndexOf(')') + 2).split(" ")[19]));
    }

    /** Ends a process and its descendants; those that have left the family live on. */
    static void killFamily(ProcessHandle head) {
        List<ProcessHandle> family = new ArrayList<>(head.descendants().toList());
        family.forEach(ProcessHandle::destroyForcibly);
        head.destroyForcibly();
    }

    /** By one read(2): between two the process may become another program, or end. */
    private static Optional<String> read(long pid, String file) {
        byte[] buffer = new byte[64 * 1024];
        try (FileInputStream stream = new FileInputStream("/proc/" + pid + "/" + file)) {
            int length = Math.max(0, stream.read(buffer));
            return Optional.of(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
