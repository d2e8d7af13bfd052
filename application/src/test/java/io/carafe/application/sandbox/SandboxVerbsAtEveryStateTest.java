package io.carafe.application.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each verb answers at each state of a pod sandbox, and the state after it. */
class SandboxVerbsAtEveryStateTest {
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
                List.of("AlreadyExists", "NotReady", GONE, "WrongState"),
                "Ready",
                List.of("Ready", "NotReady", GONE, "Ready"),
                "NotReady",
                List.of("AlreadyExists", "NotReady", GONE, "WrongState"),
                "Removing",
                List.of("AlreadyExists", "Removing", GONE, "WrongState"),
                GONE,
                List.of("another", GONE, GONE, "NotFound"));
        List<String> verbs = List.of("run", "stop", "remove", "createContainer");
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
        TestNode node = TestNode.in(directory);
        TestDaemon daemon = node.startWithImage();
        PodSandboxId id = sandbox(daemon, row.state());

        Throwable thrown = catchThrowable(() -> call(daemon, row.verb(), id));

        if (thrown != null) {
            assertThat(thrown)
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining(id.value())
                    .extracting(fault -> fault.getClass().getSimpleName())
                    .isEqualTo(row.answer());
        } else {
            assertThat(found(daemon, id)).isEqualTo(row.answer());
        }
        assertThat(node.strays()).isEmpty();
    }

    private static String found(TestDaemon daemon, PodSandboxId id) {
        return daemon.inventory
                .findSandbox(id.value())
                .map(s -> s.state().getClass().getSimpleName())
                .orElseGet(() -> daemon.inventory.sandboxes().isEmpty() ? GONE : "another");
    }

    private static void call(TestDaemon daemon, String verb, PodSandboxId id) throws InterruptedException {
        switch (verb) {
            case "run" -> daemon.pod(Requests.pod("web"));
            case "stop" -> daemon.stopPodSandbox.stop(id.value());
            case "remove" -> daemon.removePodSandbox.remove(id.value());
            case "createContainer" -> daemon.created(id, Requests.container("app", "sleep"));
            default -> throw new IllegalArgumentException(verb);
        }
    }

    private static PodSandboxId sandbox(TestDaemon daemon, String state) throws Exception {
        PodSandboxId id = daemon.pod(Requests.pod("web"));
        PodSandbox sandbox = daemon.inventory.sandbox(id.value());
        switch (state) {
            case "Creating" -> daemon.inventory.put(sandbox.with(new SandboxState.Creating(Instant.now(), "accepted")));
            case "NotReady" -> daemon.stopPodSandbox.stop(id.value());
            case "Removing" -> daemon.inventory.put(sandbox.with(new SandboxState.Removing(Instant.now())));
            case GONE -> daemon.removePodSandbox.remove(id.value());
            default -> {
                // as it is
            }
        }
        return id;
    }
}
