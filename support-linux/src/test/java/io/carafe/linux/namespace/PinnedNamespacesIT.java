package io.carafe.linux.namespace;

import static io.carafe.domain.sandbox.NamespaceType.IPC;
import static io.carafe.domain.sandbox.NamespaceType.MOUNT;
import static io.carafe.domain.sandbox.NamespaceType.NETWORK;
import static io.carafe.domain.sandbox.NamespaceType.UTS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.mount.MountTable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedNamespacesIT {
    private static final Set<NamespaceType> ALL = Set.of(NETWORK, IPC, UTS);

    @TempDir
    Path directory;

    private PinnedNamespaces pins;

    @BeforeEach
    void choose() {
        pins = new PinnedNamespaces(directory.resolve("pod"));
    }

    @AfterEach
    void unpin() {
        pins.unpin();
        assertThat(MountTable.read().under(directory)).isEmpty();
    }

    @Test
    void pinnedNamespacesAreNewAndNotTheCallers() throws Exception {
        Object before = inode(Path.of("/proc/self/ns/net"));
        Map<NamespaceType, Path> paths = pin(Map.of());

        assertThat(paths).containsOnlyKeys(ALL);
        assertThat(pins.alive()).isEqualTo(paths);
        for (NamespaceType type : ALL) {
            assertThat(inode(path(paths, type))).isNotEqualTo(inode(Path.of("/proc/self/ns", type.procName())));
        }
        assertThat(inode(Path.of("/proc/self/ns/net"))).isEqualTo(before);
    }

    @Test
    void hostnameAndSysctlsAreThoseOfTheNamespacesAlone() throws Exception {
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname"));
        String shm = Files.readString(Path.of("/proc/sys/kernel/shm_rmid_forced"));
        String other = shm.strip().equals("1") ? "0" : "1";
        Map<NamespaceType, Path> paths = pin(Map.of(
                new Sysctl("kernel.shm_rmid_forced"), other, new Sysctl("net.ipv4.ip_unprivileged_port_start"), "77"));

        assertThat(inside(paths, "hostname")).isEqualTo("pod-1");
        assertThat(inside(paths, "cat", "/proc/sys/kernel/shm_rmid_forced")).isEqualTo(other);
        assertThat(inside(paths, "cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start"))
                .isEqualTo("77");
        assertThat(Path.of("/proc/sys/kernel/hostname")).hasContent(host);
        assertThat(Path.of("/proc/sys/kernel/shm_rmid_forced")).hasContent(shm);
    }

    @Test
    void loIsUpAndCarriesConnections() throws Exception {
        NetworkNamespace network = new NetworkNamespace(path(pin(Map.of()), NETWORK));

        assertThat(network.call(() -> NetworkInterface.getByName("lo").isUp())).isTrue();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 7000);
        try (ServerSocketChannel server =
                        network.call(() -> ServerSocketChannel.open().bind(address));
                SocketChannel client = network.connect(address, Duration.ofSeconds(5));
                SocketChannel accepted = server.accept()) {
            assertThat(accepted.getRemoteAddress()).isEqualTo(client.getLocalAddress());
        }
        assertThatThrownBy(() -> network.connect(address, Duration.ofSeconds(5)))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void usageLeavesOutLoAndIsEmptyWhenTheNamespaceIsGone() throws Exception {
        NetworkNamespace network = new NetworkNamespace(path(pin(Map.of()), NETWORK));

        assertThat(network.usage(Instant.EPOCH).orElseThrow().interfaces())
                .allMatch(i -> !i.name().equals("lo"));
        pins.unpin();
        assertThat(network.usage(Instant.EPOCH)).isEmpty();
        Files.createDirectories(network.path().getParent());
        Files.createFile(network.path());
        assertThat(network.usage(Instant.EPOCH)).isEmpty();
    }

    @Test
    void unpinIsIdempotentAndBearsWhatARebootLeaves() throws Exception {
        pin(Map.of());
        pins.unpin();
        pins.unpin();
        assertThat(directory).isEmptyDirectory();

        Files.createDirectories(pins.directory());
        Files.createFile(pins.directory().resolve("net"));
        assertThat(pins.alive()).isEmpty();
        assertThat(pin(Map.of())).isNotEmpty();
    }

    @Test
    void pinOverLivingPinsIsRefusedAndKeepsThem() throws Exception {
        Map<NamespaceType, Path> paths = pin(Map.of());
        Object inode = inode(path(paths, NETWORK));

        assertThatThrownBy(() -> pin(Map.of()))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
        assertThat(inode(path(pins.alive(), NETWORK))).isEqualTo(inode);
    }

    @Test
    void refusedSysctlLeavesNothing() {
        assertThatThrownBy(() -> pin(Map.of(new Sysctl("net.ipv4.ip_forward"), "not a number")))
                .isInstanceOf(SysctlRefused.class)
                .hasMessageContaining("ip_forward");
        assertThatThrownBy(() -> pin(Map.of(new Sysctl("net.ipv4.no_such_thing"), "1")))
                .isInstanceOf(SysctlRefused.class)
                .hasMessageContaining("ENOENT");
        assertThatThrownBy(() -> pin(Map.of(new Sysctl("net/../kernel/panic"), "0")))
                .hasMessageContaining("EINVAL");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatWouldChangeTheHostIsRefused() {
        assertThatThrownBy(() -> pins.pin(new PinnedNamespaces.Request(
                        Set.of(IPC), Optional.empty(), Map.of(new Sysctl("net.ipv4.ip_forward"), "1"))))
                .hasMessageContaining("does not belong");
        assertThatThrownBy(() -> pin(Map.of(new Sysctl("vm.swappiness"), "1"))).hasMessageContaining("does not belong");
        assertThatThrownBy(() -> pins.pin(new PinnedNamespaces.Request(Set.of(IPC), Optional.of("name"), Map.of())))
                .hasMessageContaining("UTS");
        assertThatThrownBy(() -> pins.pin(new PinnedNamespaces.Request(Set.of(MOUNT), Optional.empty(), Map.of())))
                .hasMessageContaining("cannot be pinned");
    }

    private Map<NamespaceType, Path> pin(Map<Sysctl, String> sysctls) throws InterruptedException {
        return pins.pin(new PinnedNamespaces.Request(ALL, Optional.of("pod-1"), sysctls));
    }

    private static Path path(Map<NamespaceType, Path> paths, NamespaceType type) {
        return Optional.ofNullable(paths.get(type)).orElseThrow();
    }

    private static Object inode(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino");
    }

    private static String inside(Map<NamespaceType, Path> paths, String... command) throws Exception {
        var all = new java.util.ArrayList<String>();
        all.add("nsenter");
        paths.forEach((type, path) -> all.add("--" + type.procName() + "=" + path));
        all.addAll(java.util.List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
