package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.mount.MountTable;
import io.carafe.linux.mount.Mounts;
import io.carafe.linux.process.ProcessTable;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.Sandboxes;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.TckContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What all kits of a handler share: a handler over directories of its own, pods, and the proof that nothing is left of them. */
public abstract class HandlerHarness {
    /** Of this process, so that several may run at once. */
    private static final String CGROUP =
            "/carafe-tck-" + ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private final List<TckPod> pods = new ArrayList<>();
    private BackendContext backend;
    private Path rootfs;
    RecordedExits exits;
    RuntimeHandler handler;

    /** The handler under test. */
    protected abstract HandlerKit kit();

    @BeforeEach
    void makeHandler() throws IOException {
        rootfs = TckRootfs.make(directory.resolve("rootfs"));
        restart(kit().options());
    }

    /** Another handler over the same directories, with a sink of its own: as after the daemon's death. */
    protected final void restart() {
        restart(kit().options());
    }

    /** As {@link #restart()}, after a change of the configuration. */
    protected final void restart(Map<String, String> options) {
        backend = TckContexts.in(directory, options);
        exits = new RecordedExits();
        handler = kit().provider().create(new HandlerContext("tck", backend, CgroupDriver.CGROUPFS, exits));
    }

    protected final Sandboxes sandboxes() {
        return handler.sandboxes();
    }

    protected final Containers containers() {
        return handler.containers();
    }

    protected final Execs execs() {
        return handler.execs();
    }

    /** What the present handler has told of. */
    protected final RecordedExits exits() {
        return exits;
    }

    /** Empty at the beginning, and everything of the test is below it. */
    protected final Path directory() {
        return directory;
    }

    protected final Path runDirectory() {
        return backend.runDirectory();
    }

    /** A pod whose containers have PID namespaces of their own, as the kubelet's mostly have. */
    protected final TckPod pod() throws InterruptedException {
        return prepare(NamespaceMode.CONTAINER).run();
    }

    /** A pod with one PID namespace for all. */
    protected final TckPod podWithSharedPids() throws InterruptedException {
        requires(RuntimeFeature.POD_PID);
        return prepare(NamespaceMode.POD).run();
    }

    /** As {@link #podWithSharedPids} where the handler has such pods, else as {@link #pod}. */
    protected final TckPod podSharingWhatItCan() throws InterruptedException {
        return prepare(pidsThatCanBe()).run();
    }

    final NamespaceMode pidsThatCanBe() {
        return has(RuntimeFeature.POD_PID) ? NamespaceMode.POD : NamespaceMode.CONTAINER;
    }

    /** Whether the handler has {@code feature}; if not, it must say so. */
    protected final boolean has(RuntimeFeature feature) {
        assertThat(HandlerKit.JUDGED).as("what the kit asks for").contains(feature);
        boolean missing = kit().missing().containsKey(feature);
        assertThat(handler.missingFeatures().containsKey(feature))
                .as("whether the handler says that it lacks %s", feature)
                .isEqualTo(missing);
        return !missing;
    }

    /** The root file system of all containers. */
    protected final Path rootfs() {
        return rootfs;
    }

    /** A pod with a network and an IPC namespace of its own. */
    protected final TckPod prepare(NamespaceMode pid) {
        return prepare(TckPod.options(pid));
    }

    protected final TckPod prepare(NamespaceOptions options) {
        TckPod pod = TckPod.prepare(handler, directory, rootfs, options, CGROUP);
        pods.add(pod);
        return pod;
    }

    /** Ends the test here if the handler lacks {@code feature}; it must say so. */
    protected final void requires(RuntimeFeature feature) {
        Assumptions.assumeTrue(
                has(feature), () -> feature + ": " + kit().missing().get(feature));
    }

    /** First by the handler, which is judged by what is left then; afterwards by force. What fails keeps nothing from being removed. */
    @AfterEach
    void leaveNothing() {
        List<Executable> steps = new ArrayList<>();
        pods.forEach(pod -> steps.add(() -> pod.close(handler)));
        pods.forEach(pod -> steps.add(() -> assertNothingIsLeftOf(pod)));
        steps.add(() -> assertThat(MountTable.read().under(directory)).isEmpty());
        pods.forEach(pod -> steps.add(pod::removeByForce));
        steps.add(() -> Mounts.unmountTree(directory));
        steps.add(() -> CgroupHierarchy.detect().cgroup(CGROUP).removeIfEmpty());
        Assertions.assertAll("what test and handler leave", steps);
    }

    private void assertNothingIsLeftOf(TckPod pod) throws IOException {
        assertThat(CgroupHierarchy.detect().cgroup(pod.cgroup().value()).processes())
                .as("processes of pod %s", pod.id())
                .isEmpty();
        assertThat(CgroupHierarchy.detect().cgroup(pod.cgroup().value()).children())
                .as("cgroups of pod %s", pod.id())
                .isEmpty();
        List<String> ids = pod.ids();
        for (String id : ids) {
            assertThat(ProcessTable.HOST.withArgument(id))
                    .as("processes that name " + id)
                    .isEmpty();
        }
        try (Stream<Path> files = Files.walk(runDirectory())) {
            assertThat(files.filter(file -> ids.contains(String.valueOf(file.getFileName()))))
                    .as("files named after pod or container")
                    .isEmpty();
        }
    }
}
