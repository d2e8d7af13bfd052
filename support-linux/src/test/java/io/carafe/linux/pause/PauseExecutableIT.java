package io.carafe.linux.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.poll.Readiness;
import io.carafe.linux.process.HeldProcess;
import io.carafe.linux.process.ProcessStat;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As PID 1 of a new PID namespace, which util-linux' unshare makes. */
class PauseExecutableIT {
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private Process unshare;
    private ProcessIdentity pause;

    @BeforeEach
    void start() throws Exception {
        Path file = directory.resolve("pause");
        Architecture here = Architecture.ofJvm(System.getProperty("os.arch")).orElseThrow();
        PauseExecutable.install(here, file);
        PauseExecutable.install(here, file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r-xr-xr-x");
        assertThat(directory).isDirectoryContaining("regex:.*/pause").isNotEmptyDirectory();
        unshare = new ProcessBuilder("unshare", "--pid", "--fork", "--kill-child", file.toString())
                .inheritIO()
                .start();
        pause = await(() -> ProcessTable.HOST.withArgument(file.toString()).stream()
                .filter(process -> process.pid() != unshare.pid())
                .filter(process -> ProcessTable.HOST
                        .stat(process.pid())
                        .filter(s -> s.name().equals("pause"))
                        .isPresent())
                .findFirst());
    }

    @AfterEach
    void end() throws InterruptedException {
        Signals.kill(pause, new Readiness(), LONG);
        unshare.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 15})
    void exitsWithZeroOnIntAndTerm(int signal) throws Exception {
        awaitWaiting();
        assertThat(Signals.send(pause, new Signal(signal))).isTrue();
        assertThat(unshare.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(unshare.exitValue()).isZero();
    }

    @Test
    void sleepsOnAfterOtherSignals() throws Exception {
        awaitWaiting();
        Signals.send(pause, new Signal(1));
        Signals.send(pause, new Signal(18));
        try (HeldProcess held = HeldProcess.open(pause).orElseThrow()) {
            assertThat(held.awaitEnd(new Readiness(), Duration.ofMillis(100))).isFalse();
        }
    }

    @Test
    void orphansOfItsNamespaceAreReaped() throws Exception {
        awaitWaiting();
        // the inner shell leaves a child behind, whose parent becomes PID 1
        Process visitor = new ProcessBuilder(
                        "nsenter",
                        "--target",
                        Long.toString(pause.pid()),
                        "--pid",
                        "sh",
                        "-c",
                        "sh -c 'sleep 0.05 & echo orphaned'")
                .start();
        assertThat(visitor.inputReader().readLine()).isEqualTo("orphaned");
        visitor.waitFor();

        await(() -> Optional.of(children()).filter(children -> children == 0));
    }

    private void awaitWaiting() throws Exception {
        await(() -> ProcessTable.HOST.stat(pause.pid()).filter(stat -> stat.state() == 'S'));
    }

    private long children() throws IOException {
        try (var entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("[0-9]+"))
                    .flatMap(name -> ProcessTable.HOST.stat(Long.parseLong(name)).stream())
                    .map(ProcessStat::parent)
                    .filter(parent -> parent == pause.pid())
                    .count();
        }
    }

    private interface Probe<T> {
        Optional<T> look() throws Exception;
    }

    private static <T> T await(Probe<T> probe) throws Exception {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (true) {
            Optional<T> seen = probe.look();
            if (seen.isPresent()) {
                return seen.get();
            }
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
