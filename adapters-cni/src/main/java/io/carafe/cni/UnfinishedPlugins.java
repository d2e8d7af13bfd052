package io.carafe.cni;

import io.carafe.domain.sandbox.PodSandboxId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Plugins of an ADD whose runtime died or gave up: they run on, and would attach the pod after its DEL. Found by the variables
 * that they, and all they start, were given.
 */
final class UnfinishedPlugins {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private UnfinishedPlugins() {}

    /** Returns when no ADD for the pod runs any more: after some seconds they are killed. */
    static void await(PodSandboxId id) throws InterruptedException {
        long start = System.nanoTime();
        for (List<ProcessHandle> found = find(id); !found.isEmpty(); found = find(id)) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(PATIENCE) > 0) {
                found.forEach(ProcessHandle::destroyForcibly);
            }
            if (waited.compareTo(PATIENCE.multipliedBy(2)) > 0) {
                return; // it cannot die; the DEL may still work
            }
            Thread.sleep(POLL);
        }
    }

    private static List<ProcessHandle> find(PodSandboxId id) {
        List<ProcessHandle> found = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isAdd(process, id)) {
                    ProcessHandle.of(Long.parseLong(String.valueOf(process.getFileName())))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            return List.of(); // no /proc: nothing to be known, and the DEL must still be tried
        }
        return found;
    }

    private static boolean isAdd(Path process, PodSandboxId id) {
        try {
            String environment = "\0"
                    + new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1) + "\0";
            return environment.contains("\0CNI_CONTAINERID=" + id + "\0")
                    && environment.contains("\0CNI_COMMAND=ADD\0");
        } catch (IOException _) {
            return false; // it has ended meanwhile
        }
    }
}
