package io.carafe.application.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecSyncTest {
    @TempDir
    Path directory;

    private TestNode node;
    private TestDaemon daemon;
    private ContainerId id;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.in(directory);
        daemon = node.startWithImage();
        id = daemon.running(daemon.pod(Requests.pod("web")), Requests.container("app", "sleep"));
    }

    @Test
    void answersCodeAndOutput() throws Exception {
        var result = daemon.execSync.exec(id.value(), List.of("echo", "hi"), Duration.ZERO);

        assertThat(result.exitCode()).isZero();
        assertThat(new String(result.stdout(), StandardCharsets.UTF_8)).isEqualTo("echo hi");
    }

    @Test
    void emptyCommandIsRefused() {
        assertThatThrownBy(() -> daemon.execSync.exec(id.value(), List.of(), Duration.ZERO))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("cmd is empty");
    }

    @Test
    void containerRemovedMeanwhileIsNotFound() {
        daemon.ports.before("Execs.run", () -> daemon.removeContainer.remove(id.value()));

        assertThatThrownBy(() -> daemon.execSync.exec(id.value(), List.of("true"), Duration.ZERO))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining("removed meanwhile");
    }

    @Test
    void containerThatEndedMeanwhileIsAWrongState() {
        daemon.ports.before("Execs.run", () -> node.processes.exit(id, 1));

        assertThatThrownBy(() -> daemon.execSync.exec(id.value(), List.of("true"), Duration.ZERO))
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining(id.value());
    }

    @Test
    void logOfAContainerWithoutOneCannotBeReopened() {
        assertThatThrownBy(() -> daemon.reopenContainerLog.reopen(id.value()))
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining("without a log");
    }
}
