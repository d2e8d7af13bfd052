package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.DnsConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.host.PodFiles;
import io.carafe.ports.spi.BackendContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link PodFiles} does. */
public abstract class PodFilesTck {
    private static final DnsConfig DNS = new DnsConfig(
            List.of("10.0.0.10", "fd00::a"), List.of("ns.svc.local", "local"), List.of("ndots:5", "edns0"));

    protected final PodSandboxId pod = new PodSandboxId("ab".repeat(32));
    private final PodSandboxId other = new PodSandboxId("cd".repeat(32));

    @TempDir
    Path directory;

    private BackendContext context;
    protected PodFiles files;

    /** The port over a context; called again with the same one it stands for the daemon's restart. */
    protected abstract PodFiles create(BackendContext context);

    @BeforeEach
    void make() {
        context = TckContexts.in(directory, Map.of());
        files = create(context);
    }

    @AfterEach
    void leaveNothing() throws IOException {
        files.list().forEach(files::remove);
        assertThat(files.list()).isEmpty();
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void filesSayWhatThePodWasGiven() {
        PodFiles.Paths paths = files.write(pod, "pod-1", false, Optional.of(DNS));

        assertThat(paths.hostname()).hasContent("pod-1\n");
        assertThat(paths.hosts()).content().contains("localhost");
        assertThat(paths.resolvConf())
                .hasContent(
                        "search ns.svc.local local\nnameserver 10.0.0.10\nnameserver fd00::a\noptions ndots:5 edns0\n");
    }

    @Test
    void everyUserOfAContainerMayReadThem() throws IOException {
        PodFiles.Paths paths = files.write(pod, "pod-1", false, Optional.of(DNS));

        for (Path path : List.of(paths.hostname(), paths.hosts(), paths.resolvConf())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-r--r--");
        }
    }

    @Test
    void withoutDnsSettingsTheHostsAreCopied() throws IOException {
        Path resolvConf = files.write(pod, "pod-1", false, Optional.empty()).resolvConf();
        assertThat(resolvConf).isRegularFile();

        Path again = files.write(pod, "pod-1", false, Optional.of(new DnsConfig(List.of(), List.of(), List.of())))
                .resolvConf();
        assertThat(again).hasSameTextualContentAs(resolvConf);
    }

    @Test
    void ownSharedMemoryIsAnEmptyDirectoryOfThePod() {
        PodFiles.Paths first = files.write(pod, "pod-1", false, Optional.of(DNS));
        PodFiles.Paths second = files.write(other, "pod-2", false, Optional.of(DNS));

        assertThat(first.shm()).isEmptyDirectory().isNotEqualTo(second.shm());
    }

    @Test
    void sharedMemoryOfTheHostIsNotThePods() {
        PodFiles.Paths paths = files.write(pod, "pod-1", true, Optional.of(DNS));

        assertThat(paths.shm()).isEqualTo(Path.of("/dev/shm"));
        files.remove(pod);
        assertThat(Path.of("/dev/shm")).isDirectory();
    }

    @Test
    void writeIsIdempotentAndPathsTellsTheSame() {
        PodFiles.Paths first = files.write(pod, "pod-1", false, Optional.of(DNS));

        assertThat(files.write(pod, "pod-1", false, Optional.of(DNS))).isEqualTo(first);
        assertThat(files.paths(pod, false)).isEqualTo(first);
        assertThat(create(context).paths(pod, false)).isEqualTo(first);
        assertThat(first.hostname()).hasContent("pod-1\n");
        assertThat(first.hostname()).isAbsolute();
    }

    @Test
    void removeLeavesNothingOfThisPodAlone() {
        PodFiles.Paths gone = files.write(pod, "pod-1", false, Optional.of(DNS));
        PodFiles.Paths kept = files.write(other, "pod-2", false, Optional.of(DNS));
        assertThat(files.list()).containsExactlyInAnyOrder(pod, other);

        files.remove(pod);
        files.remove(pod);

        assertThat(files.list()).containsExactly(other);
        assertThat(gone.hostname()).doesNotExist();
        assertThat(gone.shm()).doesNotExist();
        assertThat(kept.hostname()).exists();
    }

    @Test
    void filesOfAForgottenPodAreListedAndRemovedAfterARestart() {
        files.write(pod, "pod-1", false, Optional.of(DNS));

        PodFiles restarted = create(context);

        assertThat(restarted.list()).containsExactly(pod);
        restarted.remove(pod);
        assertThat(files.list()).isEmpty();
    }

    @Test
    void dnsSettingThatWouldBeAnotherLineIsRefused() {
        DnsConfig broken = new DnsConfig(List.of("10.0.0.10\nnameserver 6.6.6.6"), List.of(), List.of());

        assertThatThrownBy(() -> files.write(pod, "pod-1", false, Optional.of(broken)))
                .isInstanceOf(Fault.InvalidArgument.class);
        assertThat(files.list()).isEmpty();
    }
}
