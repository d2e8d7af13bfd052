package io.carafe.gvisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.linux.socket.Fifo;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script against a runsc that is a script too: it writes down what it was asked. */
class WaiterTest {
    @TempDir
    Path directory;

    private Waiter waiter;
    private Path bundle;

    @BeforeEach
    void install() throws IOException {
        waiter = Waiter.in(directory.resolve("state"));
        waiter.install();
        bundle = Files.createDirectory(directory.resolve("a bundle"));
        Fifo.make(bundle.resolve(Waiter.START));
        Fifo.make(bundle.resolve(Waiter.ANSWER));
    }

    @Test
    void isInstalledOnceUnderItsVersion() throws IOException {
        Files.setPosixFilePermissions(waiter.program(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(waiter.program(), "#!/bin/sh\n");

        waiter.install();

        assertThat(waiter.program()).hasContent("#!/bin/sh\n");
        try (var files = Files.list(directory.resolve("state"))) {
            assertThat(files).containsExactly(waiter.program());
        }
    }

    @Test
    void createAsksRunscWithoutTheMonitorsPidFile() throws Exception {
        int code = create("exit 7");

        assertThat(code).isEqualTo(7);
        assertThat(asked()).containsExactly("--root=/r", "--log=/l", "create", "--bundle", bundle.toString(), "c1");
        assertThat(directory.resolve("pid")).doesNotExist();
    }

    @Test
    void consoleSocketIsHandedOn() throws Exception {
        run("exit 7", "create", "--bundle", bundle.toString(), "--console-socket", "/s", "--pid-file", "/p", "c1");

        assertThat(asked())
                .containsSubsequence("create", "--bundle", bundle.toString(), "--console-socket", "/s", "c1");
    }

    @Test
    void containersStatusIsWrittenDownAndIsTheWaitersOwn() throws Exception {
        assertThat(started("wait) echo '{\"id\":\"c1\",\"exitStatus\":44}' ;;")).isEqualTo("0");

        assertThat(awaitFile(bundle.resolve(Waiter.STATUS))).isEqualTo("44");
        assertThat(bundle.resolve(Waiter.STARTED)).exists();
        awaitEnd();
        assertThat(asked()).endsWith("delete", "c1");
    }

    @Test
    void waitThatWasKilledIsRepeated() throws Exception {
        String killedOnce = "wait) if [ -e \"$0.second\" ]; then echo '{\"id\":\"c1\",\"exitStatus\":0}'; "
                + "else : >\"$0.second\"; kill -9 $$; fi ;;";

        assertThat(started(killedOnce)).isEqualTo("0");

        assertThat(awaitFile(bundle.resolve(Waiter.STATUS))).isEqualTo("0");
    }

    @Test
    void deadSandboxMakesAnOrphan() throws Exception {
        assertThat(started("wait) echo 'connecting to control server: connection refused' >&2; exit 128 ;;"))
                .isEqualTo("0");

        awaitEnd();
        assertThat(bundle.resolve(Waiter.ORPHANED)).exists();
        assertThat(bundle.resolve(Waiter.STATUS)).doesNotExist();
    }

    @Test
    void refusedStartIsAnsweredWithItsCode() throws Exception {
        assertThat(started("start) exit 128 ;;")).isEqualTo("128");

        awaitEnd();
        assertThat(bundle.resolve(Waiter.STARTED)).doesNotExist();
    }

    @Test
    void execLosesTheTerminalFlagAndGainsTheInternalPid() throws Exception {
        int code = run("exit 9", "exec", "--pid-file", "/x y/pid", "--process", "/p", "--tty", "--detach", "c1");

        assertThat(code).isEqualTo(9);
        assertThat(asked())
                .containsExactly(
                        "--root=/r",
                        "--log=/l",
                        "exec",
                        "--internal-pid-file",
                        "/x y/internal-pid",
                        "--pid-file",
                        "/x y/pid",
                        "--process",
                        "/p",
                        "--detach",
                        "c1");
    }

    @Test
    void unknownCommandIsRefused() throws Exception {
        assertThat(run("exit 0", "pause", "c1")).isEqualTo(125);
    }

    /** Creates and starts a container; {@code cases} are answers of runsc other than success. What the waiter answered. */
    private String started(String cases) throws Exception {
        String body = "for a; do case $a in " + cases + " esac; done; exit 0";
        assertThat(create(body)).isZero();
        // opened before it is asked, for both, as reading alone would wait for the other side
        try (RandomAccessFile answer =
                new RandomAccessFile(bundle.resolve(Waiter.ANSWER).toFile(), "rw")) {
            assertThat(Fifo.write(bundle.resolve(Waiter.START), "start\n")).isTrue();
            return String.valueOf(answer.readLine());
        }
    }

    private int create(String runsc) throws Exception {
        return run(runsc, "create", "--bundle", bundle.toString(), "--pid-file", "" + directory.resolve("pid"), "c1");
    }

    private int run(String runsc, String... command) throws Exception {
        Path program = directory.resolve("runsc");
        Files.writeString(
                program,
                "#!/bin/sh\nfor a; do printf '%s\\n' \"$a\" >>\"" + directory.resolve("asked") + "\"; done\n" + runsc);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> argv =
                new ArrayList<>(List.of(waiter.program().toString(), "--root=/r", "--runsc=" + program, "--log=/l"));
        argv.addAll(List.of(command));
        return new ProcessBuilder(argv)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start()
                .waitFor();
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(directory.resolve("asked"));
    }

    private String awaitFile(Path file) throws Exception {
        awaitEnd();
        return Files.readString(file).strip();
    }

    private void awaitEnd() throws Exception {
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        var waiting = ProcessHandle.of(pid);
        if (waiting.isPresent()) {
            waiting.get().onExit().get();
        }
    }
}
