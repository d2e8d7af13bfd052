package io.carafe.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CniPluginRunnerTest {
    @TempDir
    Path directory;

    private FakePlugins plugins;
    private CniPluginRunner runner;

    @BeforeEach
    void prepare() {
        plugins = new FakePlugins(directory);
        runner = new CniPluginRunner(directory.resolve("run"), Duration.ofSeconds(10));
    }

    @AfterEach
    void noStreamIsLeft() throws IOException {
        try (var files = Files.list(directory.resolve("run/calls"))) {
            assertThat(files).isEmpty();
        }
    }

    private CniPluginCommand command(String body) {
        plugins.plugin("p", body).network("1.1.0", "p");
        CniConfList network =
                new CniConfDirectory(plugins.confDir(), 1).networks().getFirst();
        return CniPluginCommand.forStatus(
                network, network.plugins().getFirst(), new PluginPath(List.of(plugins.bin())));
    }

    @Test
    void outputIsAnswered() throws InterruptedException {
        assertThat(new String(runner.run(command("echo hello; echo noise >&2")), UTF_8))
                .isEqualTo("hello\n");
    }

    @Test
    void failureIsToldInThePluginsOwnWords() {
        var command = command("""
                echo 'warming up
                still warming up' >&2
                echo '{"cniVersion": "1.0.0", "code": 11, "msg": "try again later", "details": "no lease in 30 s"}'
                exit 3""");

        assertThatThrownBy(() -> runner.run(command))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContainingAll(
                        "CNI plugin p (" + plugins.bin().resolve("p") + ") STATUS for network fake",
                        "try again later; no lease in 30 s; code 11; exit status 3; stderr: warming up | still warming up");
    }

    @Test
    void failureWithoutTheProtocolIsToldToo() {
        var command = command("echo Segmentation fault; exit 139");

        assertThatThrownBy(() -> runner.run(command))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("stdout: Segmentation fault; exit status 139");
    }

    @Test
    void onlyTheEndOfALongStderrIsTold() {
        var command = command("head -c 100000 /dev/zero | tr '\\0' x >&2; echo the reason >&2; exit 1");

        assertThatThrownBy(() -> runner.run(command))
                .hasMessageEndingWith("xxthe reason")
                .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(3000));
    }

    @Test
    void programThatCannotBeExecutedIsUnavailable() throws IOException {
        var command = command("true");
        Files.writeString(command.program(), "#!/nowhere/interpreter\n");

        assertThatThrownBy(() -> runner.run(command))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("could not be run");
    }

    @Test
    void hangingPluginIsKilledWithItsChildrenAndNamed() {
        var hasty = new CniPluginRunner(directory.resolve("run"), Duration.ofMillis(500));
        var command = command("echo waiting for the lease >&2\nsleep 300 & echo $! > " + directory + "/child\nwait");

        assertThatThrownBy(() -> hasty.run(command))
                .isInstanceOf(Fault.TimedOut.class)
                .hasMessageContainingAll("CNI plugin p", "did not end within", "stderr: waiting for the lease");
        assertEnded(directory.resolve("child"));
    }

    @Test
    void pluginThatPrintsWithoutEndIsKilled() {
        var command = command("exec yes");

        assertThatThrownBy(() -> runner.run(command))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("printed more than");
    }

    @Test
    void processThatAPluginLeavesBehindDoesNotHoldTheCallerUp() throws InterruptedException, IOException {
        runner.run(command("sleep 300 & echo $! > " + directory + "/child"));

        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        assertThat(ProcessHandle.of(child).map(ProcessHandle::destroyForcibly)).contains(true);
    }

    @Test
    void interruptKillsThePlugin() throws InterruptedException {
        var command = command("sleep 300 & echo $! > " + directory + "/child.new; mv " + directory + "/child.new "
                + directory + "/child\nwait");
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("nothing was thrown"));
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                runner.run(command);
            } catch (InterruptedException | Fault e) {
                thrown.set(e);
            }
        });
        Waiting.until("the plugin runs", () -> Files.exists(directory.resolve("child")));

        thread.interrupt();
        thread.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertEnded(directory.resolve("child"));
    }

    private static void assertEnded(Path pidFile) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            Waiting.until(
                    "process " + pid + " ends",
                    () -> ProcessHandle.of(pid).filter(Waiting::isRunning).isEmpty());
        } catch (IOException e) {
            throw new AssertionError("no pid in " + pidFile, e);
        }
    }
}
