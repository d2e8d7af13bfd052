package io.carafe.gvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.spec.OciLinux;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciNamespace;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciResources;
import io.carafe.domain.spec.OciResources.DeviceRule;
import io.carafe.domain.spec.OciResources.Memory;
import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSpec;
import io.carafe.domain.spec.OciUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GvisorSpecAdjustmentsTest {
    private static final OciResources LIMITED = new OciResources(
            List.of(new DeviceRule(false, "a", OptionalLong.empty(), OptionalLong.empty(), "rwm")),
            Optional.of(new Memory(OptionalLong.of(1), OptionalLong.empty())),
            Optional.empty(),
            List.of(),
            Map.of());

    private static OciSpec spec(Optional<String> appArmor, OciNamespace... namespaces) {
        return new OciSpec(
                OciSpec.VERSION,
                new OciProcess(
                        false,
                        new OciUser(0, 0, List.of(50000L, 7L)),
                        List.of("/x"),
                        List.of(),
                        "/",
                        Optional.empty(),
                        List.of(),
                        true,
                        appArmor,
                        OptionalInt.empty()),
                new OciRoot("/r", true),
                "h",
                List.of(new OciMount("/data", "bind", "/d", List.of("rbind", "rro"))),
                Map.of("kept", "yes"),
                new OciLinux(
                        List.of(namespaces),
                        List.of(),
                        List.of(),
                        List.of(),
                        "/pod/x",
                        LIMITED,
                        "rslave",
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void annotationsSayWhatItIsAndWhereItBelongs() {
        assertThat(GvisorSpecAdjustments.container(spec(Optional.empty()), "s1").annotations())
                .containsEntry("io.kubernetes.cri.container-type", "container")
                .containsEntry("io.kubernetes.cri.sandbox-id", "s1")
                .containsEntry("kept", "yes");
        assertThat(GvisorSpecAdjustments.sandbox(spec(Optional.empty()), "s1").annotations())
                .containsEntry("io.kubernetes.cri.container-type", "sandbox")
                .containsEntry("io.kubernetes.cri.sandbox-id", "s1");
    }

    @Test
    void sharedPidNamespaceIsTheSandboxsFirstOne() {
        OciNamespace pods = new OciNamespace("pid", Optional.of("/run/pod/pid-namespace"));
        OciNamespace own = new OciNamespace("pid", Optional.empty());
        OciNamespace network = new OciNamespace("network", Optional.of("/run/pod/net"));

        assertThat(GvisorSpecAdjustments.container(spec(Optional.empty(), pods, network), "s1")
                        .linux()
                        .namespaces())
                .containsExactly(network);
        assertThat(GvisorSpecAdjustments.container(spec(Optional.empty(), own, network), "s1")
                        .linux()
                        .namespaces())
                .containsExactly(own, network);
    }

    @Test
    void limitsAreTheSandboxsOnly() {
        assertThat(GvisorSpecAdjustments.container(spec(Optional.empty()), "s1")
                        .linux()
                        .resources()
                        .memory())
                .isEmpty();
        OciResources sandbox = GvisorSpecAdjustments.sandbox(spec(Optional.empty()), "s1")
                .linux()
                .resources();
        assertThat(sandbox.memory()).isEqualTo(LIMITED.memory());
        assertThat(sandbox.devices()).isEmpty();
    }

    @Test
    void readOnlyMountIsSoRecursively() {
        assertThat(GvisorSpecAdjustments.container(spec(Optional.empty()), "s1").mounts())
                .containsExactly(new OciMount("/data", "bind", "/d", List.of("rbind", "ro")));
    }

    @Test
    void groupsAreInOrder() {
        assertThat(GvisorSpecAdjustments.container(spec(Optional.empty()), "s1")
                        .process()
                        .user()
                        .additionalGids())
                .containsExactly(7L, 50000L);
    }

    @Test
    void appArmorProfileIsRefusedNotDropped() {
        assertThatThrownBy(() -> GvisorSpecAdjustments.container(spec(Optional.of("mine")), "s1"))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("mine")
                .hasMessageContaining("host's kernel");
    }
}
