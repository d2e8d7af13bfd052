package io.carafe.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carafe.conformance.bench.Bench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Mounts on the host, by mount(8); each goes when its test is over. */
final class HostMounts {
    private HostMounts() {}

    static Path tmpfs(Bench bench, Path target) {
        run("mount", "-t", "tmpfs", "conformance", target.toString());
        bench.afterwards(() -> run("umount", "-l", target.toString()));
        return target;
    }

    /** Makes a folder a shared mount of its own, so that what is mounted below it can propagate. */
    static Path shared(Bench bench, Path folder) {
        run("mount", "--bind", folder.toString(), folder.toString());
        bench.afterwards(() -> run("umount", "-R", "-l", folder.toString()));
        run("mount", "--make-private", folder.toString());
        run("mount", "--make-shared", folder.toString());
        return folder;
    }

    static Path bind(Bench bench, Path source, Path target) {
        run("mount", "--bind", source.toString(), target.toString());
        bench.afterwards(() -> run("umount", "-l", target.toString()));
        return target;
    }

    static void makePrivate(Path mount) {
        run("mount", "--make-private", mount.toString());
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + String.join(" ", command), e);
        }
    }
}
