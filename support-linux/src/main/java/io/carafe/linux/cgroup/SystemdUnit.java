package io.carafe.linux.cgroup;

import io.carafe.domain.fault.DurationText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A unit of the host's systemd, spoken to through systemctl(1). */
public record SystemdUnit(String name) {
    /** systemctl's exit code for a unit that is not loaded. */
    private static final int NOT_LOADED = 5;

    /**
     * Stops it with all it holds. Idempotent: a unit that systemd does not know is stopped.
     *
     * @throws IOException if systemctl is missing, fails, or takes longer than {@code timeout}; its words are in the message
     */
    public void stop(Duration timeout) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("systemctl", "stop", "--quiet", "--", name)
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("systemctl stop " + name + " did not end within " + DurationText.of(timeout));
            }
            if (process.exitValue() != 0 && process.exitValue() != NOT_LOADED) {
                String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                throw new IOException("systemctl stop " + name + ": exit code " + process.exitValue() + ", " + words);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
