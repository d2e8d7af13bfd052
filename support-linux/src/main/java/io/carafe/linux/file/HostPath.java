package io.carafe.linux.file;

import io.carafe.domain.fault.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a path is that may lie on a dead network mount, where looking never ends.
 *
 * @param resolved with symbolic links followed; the path itself if nothing exists there
 */
public record HostPath(boolean exists, boolean directory, Path resolved) {
    /**
     * Looks on a platform thread of its own, which is given up, not stopped, after {@code timeout}: the kernel lets nobody interrupt such
     * a look.
     *
     * @throws TimeoutException if there is no answer in time
     */
    public static HostPath look(Path path, Duration timeout) throws TimeoutException, InterruptedException {
        AtomicReference<Optional<HostPath>> answer = new AtomicReference<>(Optional.empty());
        Thread thread =
                Thread.ofPlatform().daemon().name("look-at-" + path).start(() -> answer.set(Optional.of(look(path))));
        thread.join(timeout);
        return answer.get()
                .orElseThrow(() -> new TimeoutException("look at " + path + ": no answer within "
                        + DurationText.of(timeout) + "; it may lie on a network mount whose server is gone"));
    }

    private static HostPath look(Path path) {
        try {
            Path resolved = path.toRealPath();
            return new HostPath(true, Files.isDirectory(resolved), resolved);
        } catch (IOException e) {
            return new HostPath(false, false, path.normalize());
        }
    }
}
