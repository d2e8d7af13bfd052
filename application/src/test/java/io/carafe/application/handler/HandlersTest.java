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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandlersTest {
    private static final HandlerBinding RUNC = new HandlerBinding("runc", "runc", "d1", Map.of());
    private static final HandlerBinding KATA = new HandlerBinding("kata", "kata", "d2", Map.of());
    private static final HandlerBinding OLD = new HandlerBinding("runc", "runc", "d0", Map.of("path", "/old"));

    private final RuntimeHandler runc = handler();
    private Availability runcNow = new Availability.Available("1.1");
    private Instant now = Instant.EPOCH;
    private final Handlers handlers = new Handlers(
            "runc",
            List.of(
                    new ConfiguredHandler(RUNC, () -> runcNow, () -> now),
                    new ConfiguredHandler(KATA, () -> new Availability.Missing("no /opt/kata"), () -> now)),
            binding -> binding.equals(RUNC)
                    ? Optional.of(runc)
                    : Optional.of(OLD).filter(binding::equals).map(_ -> handler()));

    @Test
    void emptyNameIsTheDefault() {
        assertThat(handlers.bindingFor("")).isEqualTo(RUNC);
        assertThat(handlers.of(RUNC)).isSameAs(runc);
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

        assertThat(old).isNotSameAs(runc);
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
        assertThatThrownBy(() -> Handlers.require(RUNC, runc, RuntimeFeature.CHECKPOINT, "a checkpoint"))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("needs criu");
        assertThatCode(() -> Handlers.require(RUNC, runc, RuntimeFeature.PAUSE, "a pause"))
                .doesNotThrowAnyException();
    }

    private static RuntimeHandler handler() {
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
                Map.of(RuntimeFeature.CHECKPOINT, "needs criu"));
    }
}
