package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.Exec;
import io.carafe.cri.v1.Int64Value;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@Conformance
final class ExecSyncConformance {
    private static final int MEGABYTE = 1_000_000;

    @Claim(
            answers = {
                "Container basic: execSync",
                "ExecSyncRequest.container_id",
                "ExecSyncRequest.cmd",
                "ExecSyncResponse.stdout",
                "ExecSyncResponse.stderr",
                "ExecSyncResponse.exit_code"
            })
    void outputOfEachStreamAndExitCodeComeBack(Bench bench) {
        var container = bench.pod().start();
        assertThat(container.exec("sh", "-c", "echo out; echo err >&2; exit 3"))
                .isEqualTo(new Exec(3, "out\n", "err\n"));
        assertThat(container.exec("echo", "a  b", "$HOME")).isEqualTo(new Exec(0, "a  b $HOME\n", ""));
    }

    @Claim(answers = {"ExecSyncResponse.stdout"})
    void bytesComeBackAsTheyAre(Bench bench) {
        var container = bench.pod().start();
        var response = bench.runtime().execSync(Requests.exec(container.id(), 20, "printf", "\\000\\377\\r\\n\\200"));
        assertThat(response.getStdout())
                .isEqualTo(ByteString.copyFrom(new byte[] {0, (byte) 0xff, '\r', '\n', (byte) 0x80}));
    }

    @Claim(
            answers = {"Container basic: execSync with timeout", "ExecSyncRequest.timeout"},
            quote = "Timeout in seconds to stop the command.")
    void timeoutEndsTheCommandAndItsProcessesAreGone(Bench bench) {
        var container = bench.pod().start();
        long began = System.nanoTime();
        Refused.with(
                Status.Code.DEADLINE_EXCEEDED,
                () -> bench.runtime().execSync(Requests.exec(container.id(), 1, "sleep", "7655")));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        Await.until(
                "the command is gone",
                Duration.ofSeconds(5),
                () -> !container.exec("ps", "-o", "args").out().contains("7655"));
    }

    @Claim(
            answers = {"ExecSyncRequest.timeout"},
            quote = "Timeout in seconds to stop the command.")
    void timeoutHoldsForADescendantThatKeepsTheOutputOpen(Bench bench) {
        var container = bench.pod().start();
        long began = System.nanoTime();
        try {
            var _ = bench.cri()
                    .runtime(Duration.ofSeconds(30))
                    .execSync(Requests.exec(container.id(), 2, "sh", "-c", "sleep 7656 & echo started"));
        } catch (StatusRuntimeException e) {
            // The command itself has ended; whether the late end of its output is an error is left open.
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    @Claim(
            answers = {"ExecSyncRequest.timeout"},
            quote = "Default: 0 (run forever).")
    void timeoutZeroIsNone(Bench bench) {
        var container = bench.pod().start();
        var response = bench.runtime().execSync(Requests.exec(container.id(), 0, "sh", "-c", "sleep 3; echo late"));
        assertThat(response.getStdout().toStringUtf8()).isEqualTo("late\n");
    }

    @Claim(
            answers = {"ExecSyncResponse.stdout", "ExecSyncResponse.stderr"},
            quote =
                    "The runtime should cap the output of this response to 16MB. If the stdout of the command produces more"
                            + " than 16MB, the remaining output should be discarded, and the command should proceed with no error.")
    void outputIsCappedAndTheCommandGoesOn(Bench bench) {
        var container = bench.pod().start();
        var response = bench.runtime()
                .execSync(Requests.exec(container.id(), 60, "sh", "-c", "head -c 17825792 /dev/zero; exit 9"));
        assertThat(response.getExitCode()).isEqualTo(9);
        assertThat(response.getStdout().size()).isBetween(15 * MEGABYTE, 16 << 20);
    }

    @Claim(
            answers = {"ExecSyncResponse.stdout", "ExecSyncResponse.stderr"},
            quote = "The runtime should cap the output of this response to 16MB.")
    void outputOnBothStreamsStillFitsInAMessageThatAKubeletTakes(Bench bench) {
        var container = bench.pod().start();
        var script = "head -c 17825792 /dev/zero; head -c 17825792 /dev/zero >&2; exit 9";
        var response = bench.runtime().execSync(Requests.exec(container.id(), 60, "sh", "-c", script));
        assertThat(response.getExitCode()).isEqualTo(9);
        assertThat(response.getStdout().size()).isGreaterThan(MEGABYTE);
        assertThat(response.getStderr().size()).isGreaterThan(MEGABYTE);
    }

    /** Whoever may exec in one container must not end the runtime of all: what does not fit is refused or waits. */
    @Claim(answers = {"ExecSync", "ExecSyncResponse.stdout", "ExecSyncResponse.stderr"})
    void eightFloodsAtOnceLeaveTheRuntimeAlive(Bench bench) throws InterruptedException, ExecutionException {
        var container = bench.pod().start();
        var script = "head -c 17825792 /dev/zero; head -c 17825792 /dev/zero >&2; exit 9";
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 8; i++) {
                running.add(tasks.submit(() -> bench.cri()
                        .runtime(Duration.ofMinutes(2))
                        .execSync(Requests.exec(container.id(), 100, "sh", "-c", script))
                        .getExitCode()));
            }
            for (var flood : running) {
                try {
                    assertThat(flood.get()).isEqualTo(9);
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(StatusRuntimeException.class);
                    assertThat(Status.fromThrowable(e.getCause()).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                }
            }
        }
        assertThat(container.exec("echo", "alive").out()).isEqualTo("alive\n");
    }

    @Claim(answers = {"ExecSync"})
    void execHasTheContainersUserEnvironmentFolderAndNamespaces(Bench bench) {
        var container = bench.pod().start(config -> {
            config.setWorkingDir("/work").addEnvsBuilder().setKey("MARK").setValue(ByteString.copyFromUtf8("set"));
            config.getLinuxBuilder()
                    .getSecurityContextBuilder()
                    .setRunAsUser(Int64Value.newBuilder().setValue(1002))
                    .setRunAsGroup(Int64Value.newBuilder().setValue(1003));
        });
        assertThat(container.sh("echo $(id -u):$(id -g) $MARK $(pwd) $(hostname)"))
                .isEqualTo("1002:1003 set /work " + container.pod().config().getHostname());
        assertThat(container.sh("readlink /proc/self/ns/pid")).isEqualTo(container.sh("readlink /proc/1/ns/pid"));
        assertThat(container.sh("readlink /proc/self/ns/mnt")).isEqualTo(container.sh("readlink /proc/1/ns/mnt"));
    }

    @Claim(answers = {"ExecSync"})
    void commandThatDoesNotExistIsNoSuccess(Bench bench) {
        var container = bench.pod().start();
        try {
            assertThat(container.exec("/no/such/program").code()).isNotZero();
        } catch (StatusRuntimeException e) {
            assertThat(String.valueOf(e.getStatus().getDescription())).contains("/no/such/program");
        }
        assertThat(container.exec("true").code()).isZero();
    }

    @Claim(answers = {"ExecSync"})
    void containerThatDoesNotRunTakesNoExec(Bench bench) {
        var pod = bench.pod();
        var created = pod.create(_ -> {});
        Refused.any(() -> created.exec("true"));
        var exited = pod.script("true");
        Refused.any(() -> exited.exec("true"));
    }

    @Claim(answers = {"ExecSync"})
    void manyAtOnceDoNotMixTheirOutput(Bench bench) throws InterruptedException, ExecutionException {
        var container = bench.pod().start();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Exec>>();
            for (int i = 0; i < 12; i++) {
                var word = "word-" + i;
                int code = i;
                running.add(
                        tasks.submit(() -> container.exec("sh", "-c", "seq 1 500; echo " + word + "; exit " + code)));
            }
            for (int i = 0; i < running.size(); i++) {
                var exec = running.get(i).get();
                assertThat(exec.code()).isEqualTo(i);
                assertThat(exec.out()).startsWith("1\n2\n").endsWith("\n500\nword-" + i + "\n");
            }
        }
    }

    @Claim(answers = {"Multiple Containers: exec"})
    void execReachesTheContainerItNames(Bench bench) {
        var pod = bench.pod();
        var one = pod.start(Scripts.command("sh", "-c", "echo one > /name; sleep 1000"));
        var two = pod.start(Scripts.command("sh", "-c", "echo two > /name; sleep 1000"));
        Await.until(
                "both have begun",
                Duration.ofSeconds(5),
                () -> one.exec("test", "-e", "/name").code() == 0
                        && two.exec("test", "-e", "/name").code() == 0);
        assertThat(one.sh("cat /name")).isEqualTo("one");
        assertThat(two.sh("cat /name")).isEqualTo("two");
    }
}
