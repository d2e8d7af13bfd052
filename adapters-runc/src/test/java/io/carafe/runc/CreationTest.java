package io.carafe.runc;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.spec.OciSpec;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What crun is told with systemd's driver; that it does as it is told takes a host with systemd. */
class CreationTest {
    private static final String SUBGROUP = "run.oci.systemd.subgroup";

    private final OciSpec spec = Specs.spec("kubepods.slice:carafe:c1", Optional.empty());

    @Test
    void processesAndLimitsAreInTheScopeItself() {
        assertThat(Creation.inScope(spec.withAnnotations(Map.of("a", "b"))).annotations())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "b", SUBGROUP, ""));
    }

    @Test
    void whoeverAsksForACgroupBelowItHasIt() {
        assertThat(Creation.inScope(spec.withAnnotations(Map.of(SUBGROUP, "init")))
                        .annotations())
                .containsExactlyEntriesOf(Map.of(SUBGROUP, "init"));
    }
}
