package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.HostFolder;
import io.carafe.conformance.bench.LogLine;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.ReopenContainerLogRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The log of a container, in the format that the kubelet reads. */
@Conformance
final class ContainerLogConformance {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Claim(
            answers = {
                "Container log: log",
                "PodSandboxConfig.log_directory",
                "ContainerConfig.log_path",
                "ContainerStatus.log_path"
            })
    void bothStreamsAreLoggedLineByLineWithTheirTimes(Bench bench) {
        var before = Instant.now();
        var container = bench.pod().script("echo out; echo err >&2");
        Await.until("both lines are in the log", SOON, () -> container.log().size() == 2);
        assertThat(container.log()).allSatisfy(line -> {
            assertThat(line.tag()).isEqualTo("F");
            assertThat(line.at()).isBetween(before.minusSeconds(1), Instant.now());
        });
        assertThat(LogLine.text(container.log(), "stdout")).isEqualTo("out\n");
        assertThat(LogLine.text(container.log(), "stderr")).isEqualTo("err\n");
        assertThat(container.status().getLogPath()).isEqualTo(path(container).toString());
    }

    @Claim(answers = {"Container log: log"})
    void lineThatIsTooLongIsSplitAndCanBeJoinedAgain(Bench bench) {
        var container = bench.pod().script("head -c 100000 /dev/zero | tr '\\0' x; echo; echo next");
        Await.until("the log is complete", SOON, () -> container.out().endsWith("next\n"));
        assertThat(container.log()).hasSizeGreaterThan(2);
        assertThat(container.log().getFirst().tag()).isEqualTo("P");
        assertThat(container.out()).isEqualTo("x".repeat(100_000) + "\nnext\n");
    }

    @Claim(answers = {"Container log: log"})
    void outputWithoutANewlineAtItsEndIsNotLost(Bench bench) {
        var container = bench.pod().script("printf 'line\\nrest'");
        Await.until("the log is complete", SOON, () -> container.out().startsWith("line\nrest"));
    }

    @Claim(answers = {"Container log: log"})
    void nothingOfALongOutputIsLost(Bench bench) {
        var container = bench.pod().script("seq 1 5000");
        var all = IntStream.rangeClosed(1, 5000).mapToObj(n -> n + "\n").collect(Collectors.joining());
        // A line may come in pieces, each with the tag P but the last.
        var _ = Await.until(
                "the log ends with the last line",
                Duration.ofSeconds(30),
                container::out,
                text -> text.endsWith("\n5000\n"));
        assertThat(container.out()).isEqualTo(all);
        assertThat(container.log()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }

    @Claim(answers = {"Container log: reopen log", "ReopenContainerLogRequest.container_id"})
    void afterRotationAndReopenTheLogGoesOnInANewFile(Bench bench) throws IOException {
        var container = bench.pod()
                .start(Scripts.command(
                        "sh", "-c", "echo before; while test ! -e /go; do sleep 0.1; done; echo after; sleep 1000"));
        Await.until("the first line is there", SOON, () -> container.out().equals("before\n"));
        var rotated = Path.of(path(container) + ".rotated");
        Files.move(path(container), rotated);
        reopen(bench, container);
        assertThat(path(container)).exists();
        container.sh("touch /go");
        Await.until(
                "the next line is in the new file", SOON, () -> container.out().equals("after\n"));
        assertThat(HostFolder.read(rotated)).contains("before").doesNotContain("after");
    }

    @Claim(
            answers = {"ReopenContainerLog"},
            quote =
                    "If the container is not running, container runtime can choose to either create a new log file and"
                            + " return nil, or return an error. Once it returns error, new container log file MUST NOT be created.")
    void reopenOfAnExitedContainerMakesAFileOnlyIfItSucceeds(Bench bench) throws IOException {
        var container = bench.pod().script("echo said");
        Await.until("the log is complete", SOON, () -> container.out().equals("said\n"));
        Files.move(path(container), Path.of(path(container) + ".rotated"));
        boolean refused;
        try {
            reopen(bench, container);
            refused = false;
        } catch (StatusRuntimeException e) {
            refused = true;
        }
        assertThat(Files.exists(path(container))).isNotEqualTo(refused);
    }

    @Claim(answers = {"Multiple Containers: log", "ContainerConfig.log_path"})
    void eachContainerOfAPodHasItsOwnLog(Bench bench) {
        var pod = bench.pod();
        var one = pod.script("echo one");
        var two = pod.script("echo two");
        Await.until(
                "both logs are complete",
                SOON,
                () -> one.out().equals("one\n") && two.out().equals("two\n"));
    }

    @Claim(answers = {"ContainerConfig.log_path"})
    void logStaysAfterTheContainerIsRemoved(Bench bench) {
        var container = bench.pod().script("echo said");
        Await.until("the log is complete", SOON, () -> container.out().equals("said\n"));
        container.remove();
        assertThat(container.out()).isEqualTo("said\n");
    }

    @Claim(answers = {"ContainerConfig.log_path"})
    void containerWithoutALogPathRuns(Bench bench) {
        var container = bench.pod().script("seq 1 20000; exit 5", config -> config.clearLogPath());
        assertThat(container.status().getExitCode()).isEqualTo(5);
    }

    private static void reopen(Bench bench, TestContainer container) {
        var _ = bench.runtime()
                .reopenContainerLog(ReopenContainerLogRequest.newBuilder()
                        .setContainerId(container.id())
                        .build());
    }

    private static Path path(TestContainer container) {
        return container.pod().log(container.config());
    }
}
