package io.carafe.domain.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.StateTable;
import io.carafe.domain.process.ExitStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerStateTest {
    private static final Instant CREATED = Instant.ofEpochSecond(100);
    private static final Instant STARTED = Instant.ofEpochSecond(200);
    private static final Instant FINISHED = Instant.ofEpochSecond(300);
    private static final ExitStatus STATUS = ExitStatus.of(7, FINISHED, false);

    static List<StateTable.Pair> pairs() {
        return new StateTable(
                        states(),
                        Map.of(
                                "Creating", Map.of("created", "Created", "abandoned", "Exited"),
                                "Created", Map.of("started", "Running", "failedToStart", "Exited", "lost", "Unknown"),
                                "Running", Map.of("exited", "Exited", "lost", "Unknown"),
                                "Exited", Map.of("removing", "Removing"),
                                "Unknown", Map.of("exited", "Exited", "found", "Running")),
                        Map.of(Instant.class, STARTED, ExitStatus.class, STATUS, String.class, "no answer"))
                .pairs();
    }

    private static List<Object> states() {
        return List.of(
                new ContainerState.Creating(CREATED),
                new ContainerState.Created(CREATED),
                new ContainerState.Running(CREATED, STARTED),
                new ContainerState.Exited(CREATED, Optional.of(STARTED), STATUS),
                new ContainerState.Unknown(CREATED, Optional.of(STARTED), "no answer"),
                new ContainerState.Removing(CREATED, Optional.of(STARTED), STATUS));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyEventLeadsWhereTheDiagramSays(StateTable.Pair pair) throws ReflectiveOperationException {
        pair.check();
    }

    @Test
    void theTableKnowsEveryState() {
        assertThat(states()).map(Object::getClass).hasSameElementsAs(permitted());
    }

    private static List<Class<?>> permitted() {
        return Arrays.asList(ContainerState.class.getPermittedSubclasses());
    }

    @Test
    void creationTimeIsKeptThroughTheWholeLife() {
        ContainerState.Removing last = new ContainerState.Creating(CREATED)
                .created()
                .started(STARTED)
                .lost("no answer")
                .exited(STATUS)
                .removing();
        assertThat(last).isEqualTo(new ContainerState.Removing(CREATED, Optional.of(STARTED), STATUS));
    }

    @Test
    void exitIsNeverBeforeTheStart() {
        var early = new ExitStatus(7, STARTED.minusMillis(4), ExitStatus.ERROR, "");
        assertThat(new ContainerState.Running(CREATED, STARTED).exited(early).status())
                .isEqualTo(new ExitStatus(7, STARTED, ExitStatus.ERROR, ""));
        assertThat(new ContainerState.Unknown(CREATED, Optional.of(STARTED), "")
                        .exited(early)
                        .status()
                        .finishedAt())
                .isEqualTo(STARTED);
    }

    @Test
    void foundAgainKeepsTheStartThatWasSeen() {
        assertThat(new ContainerState.Unknown(CREATED, Optional.of(STARTED), "").found(FINISHED))
                .isEqualTo(new ContainerState.Running(CREATED, STARTED));
        assertThat(new ContainerState.Unknown(CREATED, Optional.empty(), "").found(FINISHED))
                .isEqualTo(new ContainerState.Running(CREATED, FINISHED));
    }
}
