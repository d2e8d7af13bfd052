package io.carafe.application.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.sandbox.PodSandboxId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each verb answers at each state of a container, and the state after it. */
class ContainerVerbsAtEveryStateTest {
    private static final String GONE = "gone";

    @TempDir
    Path directory;

    /** @param answer the state afterwards, or the fault */
    record Row(String state, String verb, String answer) {
        @Override
        public String toString() {
            return verb + " of " + state + ": " + answer;
        }
    }

    static List<Row> rows() {
        var table = Map.of(
                "Creating",
                List.of("WrongState", "Creating", GONE, "WrongState", "WrongState"),
                "Created",
                List.of("Running", "Exited", GONE, "WrongState", "WrongState"),
                "Running",
                List.of("WrongState", "Exited", GONE, "Running", "WrongState"),
                "Exited",
                List.of("WrongState", "Exited", GONE, "WrongState", "WrongState"),
                "Unknown",
                List.of("WrongState", "Exited", GONE, "WrongState", "WrongState"),
                "Removing",
                List.of("WrongState", "Removing", GONE, "WrongState", "WrongState"),
                GONE,
                List.of("NotFound", GONE, GONE, "NotFound", "NotFound"));
        List<String> verbs = List.of("start", "stop", "remove", "exec", "reopenLog");
        List<Row> rows = new ArrayList<>();
        table.forEach((state, answers) -> {
            for (int i = 0; i < verbs.size(); i++) {
                rows.add(new Row(state, verbs.get(i), answers.get(i)));
            }
        });
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answers(Row row) throws Exception {
        TestDaemon daemon = TestNode.in(directory).startWithImage();
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        ContainerId id = container(daemon, pod, row.state());

        Throwable thrown = catchThrowable(() -> call(daemon, row.verb(), id));

        if (thrown != null) {
            assertThat(thrown)
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining(id.value())
                    .extracting(fault -> fault.getClass().getSimpleName())
                    .isEqualTo(row.answer());
        } else {
            assertThat(daemon.inventory
                            .findContainer(id.value())
                            .map(c -> c.state().getClass().getSimpleName())
                            .orElse(GONE))
                    .isEqualTo(row.answer());
        }
    }

    private static void call(TestDaemon daemon, String verb, ContainerId id) throws InterruptedException {
        switch (verb) {
            case "start" -> daemon.startContainer.start(id.value());
            case "stop" -> daemon.stopContainer.stop(id.value(), Duration.ofMillis(50));
            case "remove" -> daemon.removeContainer.remove(id.value());
            case "exec" -> daemon.execSync.exec(id.value(), List.of("true"), Duration.ZERO);
            case "reopenLog" -> daemon.reopenContainerLog.reopen(id.value());
            default -> throw new IllegalArgumentException(verb);
        }
    }

    private static ContainerId container(TestDaemon daemon, PodSandboxId pod, String state) throws Exception {
        var now = Instant.now();
        ContainerId id = state.equals("Running") || state.equals("Unknown")
                ? daemon.running(pod, Requests.container("app", "sleep"))
                : daemon.created(pod, Requests.container("app", "sleep"));
        Container container = daemon.inventory.container(id.value());
        var status = ExitStatus.of(0, now, false);
        switch (state) {
            case "Creating" -> daemon.inventory.put(container.with(new ContainerState.Creating(now)));
            case "Exited" -> daemon.stopContainer.stop(id.value(), Duration.ZERO);
            case "Unknown" ->
                daemon.inventory.put(container.with(new ContainerState.Unknown(now, Optional.empty(), "")));
            case "Removing" ->
                daemon.inventory.put(container.with(new ContainerState.Removing(now, Optional.empty(), status)));
            case GONE -> daemon.removeContainer.remove(id.value());
            default -> {
                // as it is
            }
        }
        return id;
    }
}
