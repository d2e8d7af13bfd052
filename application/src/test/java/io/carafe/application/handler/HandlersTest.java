package io.carafe.application.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.MemoryProcesses;
import io.carafe.application.node.MemoryRuntimeHandler;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.runtime.ExitSink;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.spi.Availability;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HandlersTest {
    private static final HandlerBinding RUNC = new HandlerBinding("runc", "runc", "d1", Map.of());
    private static final HandlerBinding KATA = new HandlerBinding("kata", "kata", "d2", Map.of());
    private static final HandlerBinding NEW = new HandlerBinding("runc", "runc", "d1", Map.of("path", "/new"));
    private static final HandlerBinding OTHER = new HandlerBinding("other", "runc", "d1", Map.of());
    private static final HandlerBinding OLD = new HandlerBinding("runc", "runc", "d0", Map.of("path", "/old"));

    private final List<HandlerBinding> made = new ArrayList<>();
    private Map<RuntimeFeature, String> missingNow = Map.of(RuntimeFeature.CHECKPOINT, "needs criu");
    private Availability runcNow = new Availability.Available("1.1");
    private Instant now = Instant.EPOCH;
    private final Handlers handlers = new Handlers(
            HandlerTable.of(
                    "runc",
                    List.of(
                            configured(RUNC, () -> runcNow),
                            configured(KATA, () -> new Availability.Missing("no /opt/kata")))),
            this::make);

    private Optional<RuntimeHandler> make(HandlerBinding binding) {
        made.add(binding);
        return binding.equals(KATA) ? Optional.empty() : Optional.of(handler(missingNow));
    }

    private ConfiguredHandler configured(HandlerBinding binding, Supplier<Availability> probe) {
        return new ConfiguredHandler(binding, probe, () -> now);
    }

    @Test
    void emptyNameIsTheDefault() {
        assertThat(handlers.bindingFor("")).isEqualTo(RUNC);
        try (HandlerChoice choice = handlers.choose("")) {
            assertThat(choice.binding()).isEqualTo(RUNC);
            assertThat(choice.handler()).isSameAs(handlers.of(RUNC));
        }
    }

    @Test
    void unknownNameIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> handlers.bindingFor("gvisor"))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("gvisor")
                .hasMessageContaining("runc");
    }

    @Test
    void missingProgramIsUnavailableWithItsReason() {
        assertThatThrownBy(() -> handlers.bindingFor("kata"))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("no /opt/kata");
    }

    @Test
    void programThatIsRemovedMeanwhileIsMissedAndFoundAgain() {
        runcNow = new Availability.Missing("no /usr/sbin/runc");
        assertThat(handlers.bindingFor("runc")).isEqualTo(RUNC); // probed a moment ago

        now = now.plusSeconds(11);
        assertThatThrownBy(() -> handlers.bindingFor("runc")).hasMessageContaining("no /usr/sbin/runc");

        runcNow = new Availability.Available("1.2");
        now = now.plusSeconds(11);
        assertThat(handlers.bindingFor("runc")).isEqualTo(RUNC);
    }

    @Test
    void handlerOfAnOldPodIsMadeOnceFromItsBinding() {
        RuntimeHandler old = handlers.of(OLD);

        assertThat(old).isNotSameAs(handlers.of(RUNC));
        assertThat(handlers.of(OLD)).isSameAs(old);
    }

    @Test
    void handlerWhoseProviderIsGoneIsUnavailableAndSaysWhatToDo() {
        assertThatThrownBy(() -> handlers.of(KATA))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("put its JAR back");
    }

    @Test
    void missingFeatureIsUnsupportedWithItsReason() {
        assertThatThrownBy(() -> handlers.require(RUNC, RuntimeFeature.CHECKPOINT, "a checkpoint"))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("needs criu");
        assertThatCode(() -> handlers.require(RUNC, RuntimeFeature.PAUSE, "a pause"))
                .doesNotThrowAnyException();
    }

    @Test
    void newTableCountsForNewPodsAndOldOnesKeepTheirs() {
        RuntimeHandler before = handlers.of(RUNC);

        handlers.replace(HandlerTable.of("runc", List.of(configured(NEW, () -> new Availability.Available("2")))));

        assertThat(handlers.bindingFor("")).isEqualTo(NEW);
        assertThat(handlers.of(RUNC)).isSameAs(before);
        assertThatThrownBy(() -> handlers.bindingFor("kata")).isInstanceOf(Fault.InvalidArgument.class);
    }

    @Test
    void bindingOfAPodThatIsBeingMadeIsInUseUntilItHasItsRecord() {
        try (HandlerChoice choice = handlers.choose("runc")) {
            Runnable release = handlers.hold(choice.binding());
            handlers.replace(HandlerTable.of("runc", List.of(configured(NEW, () -> runcNow))));

            assertThat(handlers.inUse()).containsExactlyInAnyOrder(RUNC, NEW);
            release.run();
            assertThat(handlers.inUse()).contains(RUNC);
        }
        assertThat(handlers.inUse()).containsExactly(NEW);
    }

    @Test
    void handlerOfABindingThatNobodyUsesIsLetGoOf() {
        RuntimeHandler old = handlers.of(OLD);
        RuntimeHandler kept = handlers.of(RUNC);

        handlers.keepOnly(Set.of(RUNC));

        assertThat(handlers.of(RUNC)).isSameAs(kept);
        assertThat(handlers.of(OLD)).isNotSameAs(old);
    }

    /** Whatever moment a table is replaced at, a choice is of one table: its default and that default's options. */
    @Test
    void choiceDuringAReloadIsOfTheOldTableOrOfTheNewOne() throws Exception {
        HandlerTable a = HandlerTable.of("runc", List.of(configured(RUNC, () -> runcNow)));
        HandlerTable b =
                HandlerTable.of("other", List.of(configured(OTHER, () -> runcNow), configured(NEW, () -> runcNow)));
        var stopped = new AtomicBoolean();
        Thread reloads = Thread.ofVirtual().start(() -> {
            for (int i = 0; !stopped.get(); i++) {
                handlers.replace(i % 2 == 0 ? b : a);
            }
        });
        try {
            for (int i = 0; i < 10_000; i++) {
                try (HandlerChoice choice = handlers.choose("")) {
                    assertThat(choice.binding()).isIn(RUNC, OTHER);
                    assertThat(handlers.inUse()).contains(choice.binding());
                }
            }
        } finally {
            stopped.set(true);
            reloads.join();
        }
    }

    @Test
    void featuresAreProbedAnewWhenAMissingProgramHasComeAndTheHandlerThatServesStays() {
        runcNow = new Availability.Missing("no /usr/sbin/runc");
        missingNow = Map.of(RuntimeFeature.PAUSE, "no program to ask");
        now = now.plusSeconds(11);
        RuntimeHandler adopted = handlers.of(RUNC);
        assertThat(features()).isEmpty();

        runcNow = new Availability.Available("1.2");
        missingNow = Map.of(RuntimeFeature.CHECKPOINT, "needs criu");
        now = now.plusSeconds(11);

        assertThat(features()).containsOnlyKeys(RuntimeFeature.CHECKPOINT);
        assertThat(features()).containsOnlyKeys(RuntimeFeature.CHECKPOINT);
        assertThat(handlers.of(RUNC)).isSameAs(adopted);
        assertThat(made).containsExactly(RUNC, RUNC);
        assertThatCode(() -> handlers.require(RUNC, RuntimeFeature.PAUSE, "a pause"))
                .doesNotThrowAnyException();
    }

    @Test
    void featuresAreProbedAnewForAnotherVersionOfTheProgram() {
        assertThat(features()).containsOnlyKeys(RuntimeFeature.CHECKPOINT);

        runcNow = new Availability.Available("1.2");
        missingNow = Map.of();
        now = now.plusSeconds(11);

        assertThat(features()).isEmpty();
    }

    @Test
    void handlerThatCannotBeMadeIsUnavailableWithTheCause() {
        var failing = new Handlers(handlers.table(), _ -> {
            throw new IllegalStateException("vendor's bug");
        });

        assertThatThrownBy(() -> failing.of(RUNC))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("'runc' cannot be made")
                .hasMessageContaining("vendor's bug");
    }

    private Map<RuntimeFeature, String> features() {
        return handlers.missingFeatures(
                Objects.requireNonNull(handlers.table().byName().get("runc")));
    }

    private static RuntimeHandler handler(Map<RuntimeFeature, String> missing) {
        return new MemoryRuntimeHandler(
                new MemoryProcesses(InstantSource.system()),
                new ExitSink() {
                    @Override
                    public void exited(ContainerId id, ExitStatus status) {
                        throw new AssertionError();
                    }

                    @Override
                    public void sandboxExited(PodSandboxId id, ExitStatus status) {
                        throw new AssertionError();
                    }
                },
                InstantSource.system(),
                missing);
    }
}
