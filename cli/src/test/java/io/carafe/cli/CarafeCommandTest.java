package io.carafe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cli.outcome.ExitCode;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PodSandboxMetadata;
import io.carafe.cri.v1.RuntimeCondition;
import io.carafe.cri.v1.RuntimeHandler;
import io.carafe.cri.v1.RuntimeStatus;
import io.carafe.cri.v1.StatusResponse;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CarafeCommandTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

    @TempDir
    private Path logs;

    private FakeEndpoint endpoint = new FakeEndpoint();
    private Capture capture = new Capture();

    CarafeCommandTest() throws IOException {}

    @BeforeEach
    void fresh() {
        capture = new Capture();
    }

    @AfterEach
    void close() throws IOException {
        endpoint.close();
    }

    private int carafe(String... args) {
        var all = Stream.concat(Stream.of("--endpoint", endpoint.socket().toString()), Stream.of(args))
                .toArray(String[]::new);
        return new CarafeCommand(capture.console(), Map.of(), CLOCK).execute(all);
    }

    @Test
    void endpointComesFromTheOptionThenTheEnvironment() {
        var environment = Map.of("CONTAINER_RUNTIME_ENDPOINT", "unix://" + endpoint.socket());
        var command = new CarafeCommand(capture.console(), environment, CLOCK);
        assertThat(command.execute("version")).isZero();
        assertThat(capture.out()).contains("fake (the runtime)").contains("1.2.3");
        assertThat(command.execute("version", "--endpoint", "/nowhere.sock")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(command.execute("--endpoint", "/nowhere.sock", "version")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(capture.err()).contains("nobody answers at /nowhere.sock (there is no such socket)");
        assertThat(command.execute("--endpoint", "/", "version")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(capture.err()).contains("nobody answers at / (it is no socket)");
    }

    @Test
    void helpNamesEveryVerbAndTheExitCodes() {
        assertThat(carafe("--help")).isZero();
        assertThat(capture.out())
                .contains(List.of(
                        "version",
                        "status",
                        "handlers",
                        "pull",
                        "images",
                        "run",
                        "pods",
                        "ps",
                        "inspect",
                        "logs",
                        "exec",
                        "stop",
                        "rm",
                        "rmi",
                        "stats"))
                .contains("nobody answers at the endpoint")
                .doesNotContain("picocli");
        for (var verb : List.of("run", "exec", "stats", "logs")) {
            assertThat(carafe(verb, "--help")).isZero();
        }
        assertThat(capture.err()).isEmpty();
    }

    @Test
    void lineThatIsNotUnderstoodIsUsage() {
        assertThat(carafe("frobnicate")).isEqualTo(ExitCode.USAGE);
        assertThat(carafe("pods", "--no-such-option")).isEqualTo(ExitCode.USAGE);
        assertThat(carafe("pods", "-o", "yaml")).isEqualTo(ExitCode.USAGE);
        assertThat(carafe("exec", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(carafe()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void runPrintsWhatTheContainerSaysAndAnswersItsExitCode() throws IOException {
        assertThat(carafe("run", "--rm", "--log-dir", logs.toString(), "busybox:1", "--", "echo", "-n", "x"))
                .isEqualTo(5);
        assertThat(capture.out()).isEqualTo("echo -n x\n");
        assertThat(capture.err()).contains("pull busybox:1");
        assertThat(endpoint.runtime.pods).isEmpty();
        assertThat(logs).isEmptyDirectory();
    }

    @Test
    void runInTheBackgroundPrintsTheIdAndRmTakesTheLogAlong() throws IOException {
        assertThat(carafe("run", "-d", "--name", "web", "--log-dir", logs.toString(), "busybox:1", "wait"))
                .isZero();
        assertThat(capture.out()).isEqualTo("bb0\n");
        try (var made = Files.list(logs)) {
            assertThat(made).hasSize(1);
        }
        assertThat(carafe("pods")).isZero();
        assertThat(capture.out()).contains("10.1.2.3");
        assertThat(carafe("rm", "web")).isEqualTo(ExitCode.FAILED);
        assertThat(capture.err()).contains("has running containers");
        assertThat(carafe("rm", "-f", "web")).isZero();
        assertThat(endpoint.runtime.pods).isEmpty();
        assertThat(logs).isEmptyDirectory();
    }

    @Test
    void rmOfAPodWhoseContainerIsGoneTakesTheLogAlong() {
        carafe("run", "-d", "--name", "web", "--log-dir", logs.toString(), "busybox:1", "wait");
        assertThat(carafe("rm", "-f", "bb0")).isZero();
        assertThat(carafe("rm", "web")).isZero();
        assertThat(logs).isEmptyDirectory();
    }

    @Test
    void rmLeavesTheLogOfAnotherPodWhateverAPodIsAnnotatedWith() throws IOException {
        var folder = Files.createDirectory(logs.resolve("other_2"));
        var other = Files.createFile(folder.resolve("0.log"));
        endpoint.runtime.pods.put(
                "aa9",
                PodSandboxConfig.newBuilder()
                        .setMetadata(
                                PodSandboxMetadata.newBuilder().setName("bad").setUid("1"))
                        .putAnnotations("carafe.io/run-log-directory", folder.toString())
                        .build());
        assertThat(carafe("rm", "bad")).isZero();
        assertThat(other).exists();
    }

    @Test
    void runOfASecondPodOfOneNameIsRefused() throws IOException {
        carafe("run", "-d", "--name", "web", "--log-dir", logs.toString(), "busybox:1", "wait");
        assertThat(carafe("run", "-d", "--name", "web", "--log-dir", logs.toString(), "busybox:1", "wait"))
                .isEqualTo(ExitCode.NOT_RUN);
        assertThat(capture.err()).contains("there is a pod 'web' already").contains("carafe rm -f web");
        assertThat(endpoint.runtime.pods).hasSize(1);
        try (var made = Files.list(logs)) {
            assertThat(made).hasSize(1);
        }
    }

    @Test
    void runThatCannotStartTakesItsPodBackAndIs125() {
        endpoint.runtime.refuseStart = true;
        assertThat(carafe("run", "--log-dir", logs.toString(), "busybox:1")).isEqualTo(ExitCode.NOT_RUN);
        assertThat(capture.err()).contains("start refused");
        assertThat(endpoint.runtime.pods).isEmpty();
        assertThat(logs).isEmptyDirectory();
    }

    @Test
    void logsAreFollowedOverARestartOfTheRuntime() throws IOException {
        carafe("run", "-d", "--name", "web", "--log-dir", logs.toString(), "busybox:1", "echo", "-n", "x");
        endpoint.runtime.statusCalls.set(0);
        endpoint.runtime.refuseStatus = call -> call == 2 || call == 3;
        assertThat(carafe("logs", "-f", "web")).isZero();
        assertThat(capture.out()).endsWith("echo -n x\n");
        assertThat(capture.err()).containsOnlyOnce("the runtime does not answer");
    }

    @Test
    void execPassesWordsOutputAndExitCodeThrough() {
        background("web");
        assertThat(carafe("exec", "web", "--", "ls", "-l", "--help")).isEqualTo(7);
        assertThat(capture.out()).endsWith("ls|-l|--help");
        assertThat(capture.err()).endsWith("err");
        assertThat(carafe("exec", "nobody", "true")).isEqualTo(ExitCode.NOT_RUN);
    }

    @Test
    void unavailableInTheRuntimesOwnWordsIsNoUnreachableEndpoint() {
        endpoint.runtime.broken = Optional.of(Status.UNAVAILABLE.withDescription("registry r.example: refused"));
        assertThat(carafe("pods")).isEqualTo(ExitCode.FAILED);
        assertThat(capture.err())
                .contains("UNAVAILABLE: registry r.example: refused")
                .doesNotContain("nobody answers");
    }

    @Test
    void execWithoutATimeIsWaitedForWithoutEnd() {
        background("web");
        assertThat(carafe("exec", "web", "true")).isEqualTo(7);
        assertThat(endpoint.runtime.execHadDeadline).isFalse();
        assertThat(carafe("exec", "--time", "5", "web", "true")).isEqualTo(7);
        assertThat(endpoint.runtime.execHadDeadline).isTrue();
    }

    @Test
    void credentialsWithoutAPasswordAreRefused() {
        assertThat(carafe("pull", "--creds", "onlyuser", "busybox:1")).isEqualTo(ExitCode.USAGE);
        assertThat(capture.err()).contains("--creds").contains("USER:PASSWORD").doesNotContain("onlyuser");
        assertThat(endpoint.images.images).isEmpty();
    }

    @Test
    void runThatCannotTakeItsPodBackStillSaysWhyItFailed() throws IOException {
        endpoint.runtime.refuseStart = true;
        endpoint.runtime.blockLog = true;
        assertThat(carafe("run", "--log-dir", logs.toString(), "busybox:1")).isEqualTo(ExitCode.NOT_RUN);
        assertThat(capture.err()).contains("start refused").contains("take back pod");
    }

    @Test
    void podsAndPsListWhatThereIs() {
        background("web");
        capture = new Capture();
        assertThat(carafe("pods")).isZero();
        assertThat(carafe("ps")).isZero();
        var lines = capture.out().lines().toList();
        assertThat(lines.get(0)).startsWith("POD ID").endsWith("HANDLER");
        assertThat(lines.get(1)).containsPattern("web +default +0 +Ready").endsWith("(default)");
        assertThat(lines.get(3))
                .startsWith("bb0")
                .contains("Running")
                .contains("busybox:1")
                .endsWith("web");
        assertThat(carafe("stop", "web")).isZero();
        capture = new Capture();
        assertThat(carafe("ps", "-q")).isZero();
        assertThat(capture.out()).isEmpty();
        assertThat(carafe("ps", "-a", "-q")).isZero();
        assertThat(capture.out()).isEqualTo("bb0\n");
    }

    @Test
    void jsonIsTheAnswerOfTheEndpoint() {
        endpoint.runtime.pods.put("aa1", PodSandboxConfig.getDefaultInstance());
        assertThat(carafe("pods", "-o", "json")).isZero();
        assertThat(capture.out()).contains("\"items\": [{").contains("\"id\": \"aa1\"");
    }

    @Test
    void statusFailsWhenARequiredConditionIsNotMet() {
        endpoint.runtime.status = status(condition("RuntimeReady", true), condition("NetworkReady", false));
        assertThat(carafe("status")).isEqualTo(ExitCode.FAILED);
        assertThat(capture.out()).contains("NetworkReady   NO    Because");
        endpoint.runtime.status = status(condition("RuntimeReady", true), condition("NetworkReady", true));
        assertThat(carafe("status")).isZero();
    }

    @Test
    void handlersAreThoseOfTheVerboseStatus() {
        endpoint.runtime.status =
                StatusResponse.newBuilder().putInfo("handlers", """
                [{"name": "runc", "provider": "runc", "available": true, "reason": "", "version": "1.1.5",
                  "features": {"PORT_FORWARD": {"supported": true, "reason": ""},
                               "CHECKPOINT": {"supported": false, "reason": "criu not found"}}},
                 {"name": "runsc", "provider": "gvisor", "available": false, "reason": "runsc not found", "features": {}}]
                """).build();
        assertThat(carafe("handlers")).isZero();
        assertThat(capture.out())
                .containsPattern("runc +runc +yes +1.1.5 +1 of 2 +-")
                .containsPattern("runsc +gvisor +NO +- +- +runsc not found");
        assertThat(carafe("handlers", "-l")).isZero();
        assertThat(capture.out()).containsPattern("runc +CHECKPOINT +NO +criu not found");
        assertThat(carafe("handlers", "-o", "json")).isZero();
        assertThat(capture.out()).contains("\"name\": \"runsc\"");
    }

    @Test
    void handlersAreFollowedByTheJarsThatAreNotUsedAndByARefusedConfiguration() {
        endpoint.runtime.status = StatusResponse.newBuilder()
                .putInfo("handlers", """
                [{"name": "", "provider": "", "jar": "/a/old.jar", "available": false, "reason": "no ports", "features": {}}]
                """)
                .putInfo("configuration", """
                {"readAt": "2026-01-01T00:00:00Z", "needsRestart": ["network.max_conf"],
                 "refused": {"at": "2026-01-02T00:00:00Z", "problems": ["/c.toml:3: is wrong"]}}
                """)
                .build();

        assertThat(carafe("handlers")).isZero();

        assertThat(capture.out()).containsPattern("- +/a/old.jar +NO +- +- +no ports");
        assertThat(capture.err())
                .contains(
                        "taken up by a restart only: network.max_conf",
                        "the configuration of 2026-01-02T00:00:00Z is refused, that of 2026-01-01T00:00:00Z stays",
                        "  /c.toml:3: is wrong");
    }

    @Test
    void handlersOfAnotherRuntimeAreThoseThatCriTells() {
        endpoint.runtime.status = StatusResponse.newBuilder()
                .addRuntimeHandlers(RuntimeHandler.newBuilder()
                        .setName("crun")
                        .setFeatures(io.carafe.cri.v1.RuntimeHandlerFeatures.newBuilder()
                                .setUserNamespaces(true)))
                .build();
        assertThat(carafe("handlers")).isZero();
        assertThat(capture.out()).containsPattern("crun +- +yes +- +1 of 2");
    }

    @Test
    void imagesArePulledListedAndRemoved() {
        assertThat(carafe("pull", "localhost:5000/a/busybox:1")).isZero();
        var id = capture.out().strip();
        capture = new Capture();
        assertThat(carafe("images")).isZero();
        assertThat(capture.out()).containsPattern("localhost:5000/a/busybox +1 +[0-9a-f]+ +1.23 MB");
        assertThat(carafe("rmi", id.substring("sha256:".length(), id.length() - 1)))
                .isZero();
        assertThat(endpoint.images.images).isEmpty();
        assertThat(carafe("rmi", "localhost:5000/a/busybox:1")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void logsAreReadFromTheFileThatTheStatusNames() {
        background("web");
        capture = new Capture();
        assertThat(carafe("logs", "web")).isZero();
        assertThat(capture.out()).isEqualTo("wait\n");
        assertThat(carafe("stop", "web")).isZero();
        assertThat(carafe("logs", "-f", "-t", "bb0")).isZero();
        assertThat(capture.out()).endsWith("2026-11-24T03:00:10.492228505Z wait\n");
    }

    @Test
    void inspectFindsContainerThenPodThenImage() {
        background("web");
        capture = new Capture();
        assertThat(carafe("inspect", "web")).isZero();
        assertThat(capture.out()).contains("\"id\": \"bb0\"");
        assertThat(carafe("inspect", "busybox:1")).isZero();
        assertThat(capture.out()).contains("\"repoTags\": [\"busybox:1\"]");
        assertThat(carafe("inspect", "-o", "json", "web")).isZero();
        assertThat(carafe("inspect", "-o", "table", "web")).isEqualTo(ExitCode.USAGE);
        assertThat(carafe("inspect", "Nothing")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(carafe("inspect", "nothing")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(capture.err())
                .endsWith(
                        "carafe: no container, pod or image has the id or name 'nothing'; see 'carafe ps -a', 'carafe pods'"
                                + " and 'carafe images'\n");
    }

    @Test
    void callThatTheRuntimeLacksIsSaidInASentence() {
        assertThat(carafe("stats")).isEqualTo(ExitCode.FAILED);
        assertThat(capture.err()).startsWith("carafe: the runtime does not do this:");
    }

    private void background(String name) {
        assertThat(carafe("run", "-d", "--name", name, "--log-dir", logs.toString(), "busybox:1", "wait"))
                .isZero();
    }

    private static StatusResponse status(RuntimeCondition... conditions) {
        return StatusResponse.newBuilder()
                .setStatus(RuntimeStatus.newBuilder().addAllConditions(List.of(conditions)))
                .build();
    }

    private static RuntimeCondition condition(String type, boolean met) {
        return RuntimeCondition.newBuilder()
                .setType(type)
                .setStatus(met)
                .setReason(met ? "" : "Because")
                .build();
    }
}
