package io.carafe.runc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    private static final Streams STREAMS = new Streams(Optional.of(Path.of("/l/0.log")), true, true, false);

    @TempDir
    Path directory;

    @Test
    void pathOfTheCgroupfsDriverIsTheCgroup() {
        assertThat(trace("/kubepods/pod1/c1").cgroup()).isEqualTo("/kubepods/pod1/c1");
    }

    @Test
    void sliceOfTheSystemdDriverIsUnfolded() {
        assertThat(trace("kubepods-pod1.slice:carafe:c1").cgroup())
                .isEqualTo("/kubepods.slice/kubepods-pod1.slice/carafe-c1.scope");
        assertThatThrownBy(() -> trace("pod1:carafe:c1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pidNamespaceThatIsJoinedIsNotItsOwn() {
        assertThat(trace(Optional.empty()).ownPids()).isTrue();
        assertThat(trace(Optional.of("/proc/1/ns/pid")).ownPids()).isFalse();
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        assertThat(Trace.read(directory)).isEmpty();
        Trace trace = trace("/a/b");

        trace.write(directory);

        assertThat(Trace.read(directory)).hasValue(trace);
        assertThat(trace.log()).hasValue("/l/0.log");
        assertThat(trace.terminal()).isTrue();
    }

    private static Trace trace(String cgroupsPath) {
        return Trace.of(Specs.spec(cgroupsPath, Optional.empty()), Optional.of("/m"), STREAMS);
    }

    private static Trace trace(Optional<String> pidNamespace) {
        return Trace.of(Specs.spec("/a/b", pidNamespace), Optional.empty(), STREAMS);
    }
}
