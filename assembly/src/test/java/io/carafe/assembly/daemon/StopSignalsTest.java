package io.carafe.assembly.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.process.Signal;
import io.carafe.linux.process.Signals;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals go to a process of their own: one that hears of the first and takes its time. */
@Timeout(60)
class StopSignalsTest {
    private static final int TERMINATED = 128 + 15;

    @Test
    void firstSignalOnlyAsksAndItsEndIsSuccess() throws Exception {
        Process process = start("soon");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("listening");
            terminate(process);
            assertThat(out.readLine()).startsWith("asked");

            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void secondSignalEndsAtOnce() throws Exception {
        Process process = start("never");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("listening");
            terminate(process);
            assertThat(out.readLine()).startsWith("asked");

            terminate(process);

            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void serviceManagerIsAskedForTheTimeThatTheCallsHave() throws Exception {
        Process process = start("soon");
        try (BufferedReader out = process.inputReader()) {
            out.readLine();
            terminate(process);

            assertThat(out.readLine()).isEqualTo("asked STOPPING=1 EXTEND_TIMEOUT_USEC=315000000");
        }
    }

    @Test
    void hangupReloadsAndTheServiceManagerIsToldOfItAndOfItsEnd() throws Exception {
        Process process = start("soon");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("listening");
            long before = System.nanoTime() / 1_000;
            hangUp(process);

            String told = out.readLine();
            assertThat(told).startsWith("told RELOADING=1 MONOTONIC_USEC=");
            assertThat(Long.parseLong(told.substring(told.lastIndexOf('=') + 1)))
                    .isBetween(before, System.nanoTime() / 1_000);
            assertThat(out.readLine()).isEqualTo("reloading");
            assertThat(out.readLine()).isEqualTo("told READY=1");
            terminate(process);
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void hangupEndsNoDaemonThatWasStartedWithItIgnoredNorOneThatIsEnding() throws Exception {
        Process process = start("never", "/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("listening");
            hangUp(process);
            assertThat(out.readLine()).startsWith("told RELOADING");
            assertThat(out.readLine()).isEqualTo("reloading");
            assertThat(out.readLine()).isEqualTo("told READY=1");
            terminate(process);
            assertThat(out.readLine()).startsWith("asked");

            hangUp(process);

            assertThat(process.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void hangUp(Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void terminate(Process process) {
        process.toHandle().destroy();
    }

    private static Process start(String end, String... before) throws Exception {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Slow.class.getName(),
                end));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A daemon that says what it hears. */
    static final class Slow {
        private Slow() {}

        public static void main(String... arguments) throws Exception {
            var reloads = new ReloadRequests();
            var started = new AtomicBoolean();
            Signals.handle(Signal.parse("HUP"), reloads::ask);
            StopSignals signals = StopSignals.listen(() -> List.of(Signal.TERM).forEach(Signals::restoreDefault));
            Serving serving = new Serving() {
                @Override
                public void start() {
                    System.out.println("listening");
                }

                @Override
                public void reload() {
                    System.out.println("reloading");
                }

                @Override
                public void stop(Duration grace) throws InterruptedException {
                    if (arguments[0].equals("never")) {
                        Thread.sleep(grace);
                    }
                }
            };
            new Daemon(serving, signals, reloads, Duration.ofMinutes(5), Optional.of(assignments -> {
                        if (assignments.startsWith("STOPPING")) {
                            System.out.println("asked " + assignments.replace('\n', ' '));
                        } else if (started.getAndSet(true)) {
                            System.out.println("told " + assignments.replace('\n', ' '));
                        }
                    }))
                    .run();
            signals.ended();
            Thread.sleep(Duration.ofMinutes(1)); // the hook ends the process
        }
    }
}
