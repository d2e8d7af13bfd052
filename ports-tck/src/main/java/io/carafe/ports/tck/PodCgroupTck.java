package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.host.PodCgroup;
import io.carafe.ports.spi.BackendContext;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PodCgroup} does. */
public abstract class PodCgroupTck {
    // cgroups are one tree for the whole host, so another run at the same time must not meet this one
    protected final PodSandboxId pod = new PodSandboxId(HexFormat.of()
            .toHexDigits(UUID.randomUUID().getMostSignificantBits())
            .repeat(4));

    @TempDir
    Path directory;

    private BackendContext context;
    private Optional<PodCgroupPath> made = Optional.empty();
    protected PodCgroup cgroup;

    /** The port over a context. */
    protected abstract PodCgroup create(BackendContext context, CgroupDriver driver);

    @BeforeEach
    void make() {
        context = TckContexts.in(directory, Map.of());
        cgroup = create(context, CgroupDriver.CGROUPFS);
    }

    @AfterEach
    void leaveNothing() {
        made.ifPresent(path -> cgroup.remove(pod, path));
    }

    @Test
    void cgroupThatNobodyNamedIsOursAndIsMade() {
        PodCgroupPath path = makeOurs();

        assertThat(path.ours()).isTrue();
        assertThat(path.value()).startsWith("/").contains(pod.value());
        assertThat(cgroup.usage(path)).isPresent();
        assertThat(makeOurs()).isEqualTo(path);
    }

    @Test
    void nameIsWhatWillBeMadeAndMakesNothing() {
        PodCgroupPath named = cgroup.name(pod, Optional.empty());

        assertThat(cgroup.usage(named)).isEmpty();
        cgroup.remove(pod, named);
        assertThat(makeOurs()).isEqualTo(named);
        assertThat(cgroup.name(pod, Optional.of("/kubepods/pod1")))
                .isEqualTo(cgroup.make(pod, Optional.of("/kubepods/pod1")));
    }

    @Test
    void removeOfOursIsIdempotent() {
        PodCgroupPath path = makeOurs();

        cgroup.remove(pod, path);
        assertThat(cgroup.usage(path)).isEmpty();
        cgroup.remove(pod, path);
    }

    @Test
    void cgroupThatTheKubeletNamedIsNotOurs() {
        PodCgroupPath path = cgroup.make(pod, Optional.of("/kubepods/pod1"));

        assertThat(path).isEqualTo(new PodCgroupPath("/kubepods/pod1", false));
    }

    @Test
    void removeKeepsWhatTheKubeletMade() {
        PodCgroupPath path = makeOurs();

        cgroup.remove(pod, new PodCgroupPath(path.value(), false));

        assertThat(cgroup.usage(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubepods-pod1.slice", "/kubepods.slice/kubepods-pod1.slice", "/", "", "/a/../../b"})
    void nameThatDoesNotFitCgroupfsIsRefused(String name) {
        assertThatThrownBy(() -> cgroup.make(pod, Optional.of(name)))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(pod.value());
        assertThatThrownBy(() -> cgroup.name(pod, Optional.of(name))).isInstanceOf(Fault.InvalidArgument.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/kubepods/pod1", "kubepods", "", "/", "a--b.slice"})
    void nameThatDoesNotFitSystemdIsRefused(String name) {
        PodCgroup systemd = create(context, CgroupDriver.SYSTEMD);

        assertThatThrownBy(() -> systemd.make(pod, Optional.of(name)))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(pod.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubepods-pod1.slice", "/kubepods.slice/kubepods-pod1.slice"})
    void systemdNameIsTheLastSlice(String name) {
        PodCgroup systemd = create(context, CgroupDriver.SYSTEMD);

        assertThat(systemd.make(pod, Optional.of(name))).isEqualTo(new PodCgroupPath("kubepods-pod1.slice", false));
        assertThat(systemd.make(pod, Optional.empty()).value()).endsWith(pod + ".slice");
    }

    private PodCgroupPath makeOurs() {
        PodCgroupPath path = cgroup.make(pod, Optional.empty());
        made = Optional.of(path);
        return path;
    }
}
