package io.carafe.domain.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.StateTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SandboxStateTest {
    private static final Instant CREATED = Instant.ofEpochSecond(100);
    private static final Instant STOPPED = Instant.ofEpochSecond(200);

    static List<StateTable.Pair> pairs() {
        return new StateTable(
                        states(),
                        Map.of(
                                "Creating", Map.of("at", "Creating", "ready", "Ready", "abandoned", "NotReady"),
                                "Ready", Map.of("stopped", "NotReady"),
                                "NotReady", Map.of("removing", "Removing")),
                        Map.of(Instant.class, STOPPED, String.class, "text"))
                .pairs();
    }

    private static List<Object> states() {
        return List.of(
                new SandboxState.Creating(CREATED, "accepted"),
                new SandboxState.Ready(CREATED),
                new SandboxState.NotReady(CREATED, STOPPED, "stopped"),
                new SandboxState.Removing(CREATED));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyEventLeadsWhereTheDiagramSays(StateTable.Pair pair) throws ReflectiveOperationException {
        pair.check();
    }

    @Test
    void theTableKnowsEveryState() {
        List<Class<?>> permitted = Arrays.asList(SandboxState.class.getPermittedSubclasses());
        assertThat(states()).map(Object::getClass).hasSameElementsAs(permitted);
    }

    @Test
    void creationTimeIsKeptThroughTheWholeLife() {
        assertThat(new SandboxState.Creating(CREATED, "accepted")
                        .at("network")
                        .ready()
                        .stopped(STOPPED, "StopPodSandbox")
                        .removing())
                .isEqualTo(new SandboxState.Removing(CREATED));
    }
}
