package io.carafe.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.carafe.application.image.PinnedImages;
import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStats;
import io.carafe.cri.v1.ContainerStatus;
import io.carafe.cri.v1.Image;
import io.carafe.cri.v1.PodSandbox;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PodSandboxStats;
import io.carafe.cri.v1.PodSandboxStatus;
import io.carafe.cri.v1.RuntimeConfigResponse;
import io.carafe.cri.v1.RuntimeHandler;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.CpuUsage;
import io.carafe.domain.resource.FilesystemUsage;
import io.carafe.domain.resource.MemoryUsage;
import io.carafe.domain.resource.NetworkUsage;
import io.carafe.domain.resource.Pressure;
import io.carafe.domain.resource.SwapUsage;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.spi.HealthCondition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ToProtoTest {
    private static final String POD = """
            metadata { name: 'web' uid: 'u1' namespace: 'ns' attempt: 2 }
            labels { key: 'l' value: '1' } annotations { key: 'a' value: '2' }
            linux { security_context { namespace_options { pid: CONTAINER ipc: NODE userns_options { mode: NODE } } } }
            """;
    private static final String CONTAINER = """
            metadata { name: 'nginx' attempt: 3 } image { image: 'sha256:x' user_specified_image: 'nginx:1' }
            mounts { container_path: '/c' host_path: '/h' readonly: true recursive_read_only: true }
            mounts { container_path: '/d' host_path: '/h' propagation: PROPAGATION_HOST_TO_CONTAINER }
            labels { key: 'l' value: '1' } annotations { key: 'a' value: '2' }
            linux { resources {
              cpu_period: 1 cpu_quota: 2 cpu_shares: 3 memory_limit_in_bytes: 4 oom_score_adj: 5 cpuset_cpus: '6'
              cpuset_mems: '7' hugepage_limits { page_size: '2MB' limit: 0 } unified { key: 'k' value: 'v' }
              memory_swap_limit_in_bytes: 8
            } }
            """;
    private static final long CREATED = 1_700_000_000_123_456_789L;
    private static final long SECOND = 1_000_000_000L;
    private static final ExitStatus EXIT = new ExitStatus(137, Samples.FINISHED, ExitStatus.OOM_KILLED, "too much");

    private final PodSandboxConfig pod = RequestReader.parse(PodSandboxConfig.class, POD);
    private final ContainerConfig config = RequestReader.parse(ContainerConfig.class, CONTAINER);

    @Test
    void sandboxStatusSaysAllThatWasAskedFor() {
        PodSandboxStatus expected =
                RequestReader.parse(PodSandboxStatus.class, """
                id: '%s' metadata { name: 'web' uid: 'u1' namespace: 'ns' attempt: 2 } state: SANDBOX_READY created_at: %d
                network { ip: '10.0.0.2' additional_ips { ip: 'fd00::2' } }
                linux { namespaces { options { pid: CONTAINER ipc: NODE userns_options { mode: NODE } } } }
                labels { key: 'l' value: '1' } annotations { key: 'a' value: '2' } runtime_handler: 'runc'
                """.formatted(Samples.SANDBOX_ID, CREATED));
        assertThat(PodSandboxToProto.status(Samples.readySandbox(pod, "10.0.0.2", "fd00::2")))
                .isEqualTo(expected);
    }

    @Test
    void sandboxItemHasTheSame() {
        PodSandbox expected = RequestReader.parse(PodSandbox.class, """
                id: '%s' metadata { name: 'web' uid: 'u1' namespace: 'ns' attempt: 2 } state: SANDBOX_NOTREADY created_at: %d
                labels { key: 'l' value: '1' } annotations { key: 'a' value: '2' } runtime_handler: 'runc'
                """.formatted(Samples.SANDBOX_ID, CREATED));
        assertThat(PodSandboxToProto.item(Samples.sandbox(pod))).isEqualTo(expected);
        assertThat(PodSandboxToProto.item(Samples.readySandbox(pod).with(new SandboxState.Removing(Samples.CREATED))))
                .isEqualTo(expected);
    }

    @Test
    void exitedContainerStatusSaysHowItEnded() {
        ContainerStatus status = ContainerToProto.status(Samples.container(
                config,
                new io.carafe.domain.container.ContainerState.Exited(
                        Samples.CREATED, Optional.of(Samples.STARTED), EXIT)));
        ContainerStatus expected = RequestReader.parse(ContainerStatus.class, """
                id: '%s' metadata { name: 'nginx' attempt: 3 } state: CONTAINER_EXITED
                created_at: %d started_at: %d finished_at: %d exit_code: 137 reason: 'OOMKilled' message: 'too much'
                image { image: 'sha256:x' user_specified_image: 'nginx:1' } image_ref: '%s' image_id: '%s'
                labels { key: 'l' value: '1' } annotations { key: 'a' value: '2' }
                mounts { container_path: '/c' host_path: '/h' readonly: true recursive_read_only: true }
                mounts { container_path: '/d' host_path: '/h' propagation: PROPAGATION_HOST_TO_CONTAINER }
                log_path: '/var/log/pods/p/c/0.log'
                resources { linux {
                  cpu_period: 1 cpu_quota: 2 cpu_shares: 3 memory_limit_in_bytes: 4 oom_score_adj: 5 cpuset_cpus: '6'
                  cpuset_mems: '7' hugepage_limits { page_size: '2MB' limit: 0 } unified { key: 'k' value: 'v' }
                  memory_swap_limit_in_bytes: 8
                } }
                user { linux { uid: 1000 gid: 2000 supplemental_groups: 2000 supplemental_groups: 3000 } }
                stop_signal: SIGNAL_SIGTERM
                """.formatted(
                        Samples.CONTAINER_ID,
                        CREATED,
                        CREATED + SECOND,
                        CREATED + 2 * SECOND,
                        Samples.IMAGE_ID,
                        Samples.IMAGE_ID));
        assertThat(status).isEqualTo(expected);
    }

    static Stream<Arguments> states() {
        return Stream.of(
                arguments(
                        new io.carafe.domain.container.ContainerState.Creating(Samples.CREATED),
                        ContainerState.CONTAINER_UNKNOWN,
                        0L,
                        0L,
                        "Creating"),
                arguments(
                        new io.carafe.domain.container.ContainerState.Created(Samples.CREATED),
                        ContainerState.CONTAINER_CREATED,
                        0L,
                        0L,
                        ""),
                arguments(
                        new io.carafe.domain.container.ContainerState.Running(Samples.CREATED, Samples.STARTED),
                        ContainerState.CONTAINER_RUNNING,
                        CREATED + SECOND,
                        0L,
                        ""),
                arguments(
                        new io.carafe.domain.container.ContainerState.Exited(Samples.CREATED, Optional.empty(), EXIT),
                        ContainerState.CONTAINER_EXITED,
                        0L,
                        CREATED + 2 * SECOND,
                        "OOMKilled"),
                arguments(
                        new io.carafe.domain.container.ContainerState.Removing(
                                Samples.CREATED, Optional.of(Samples.STARTED), EXIT),
                        ContainerState.CONTAINER_EXITED,
                        CREATED + SECOND,
                        CREATED + 2 * SECOND,
                        "OOMKilled"),
                arguments(
                        new io.carafe.domain.container.ContainerState.Unknown(
                                Samples.CREATED, Optional.of(Samples.STARTED), "no answer"),
                        ContainerState.CONTAINER_UNKNOWN,
                        CREATED + SECOND,
                        0L,
                        "ContainerStatusUnknown"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void statesAndTimesAreWhatTheKubeletExpects(
            io.carafe.domain.container.ContainerState state,
            ContainerState expected,
            long started,
            long finished,
            String reason) {
        ContainerStatus status = ContainerToProto.status(Samples.container(config, state));
        assertThat(status.getState()).isEqualTo(expected);
        assertThat(status.getCreatedAt()).isEqualTo(CREATED);
        assertThat(status.getStartedAt()).isEqualTo(started);
        assertThat(status.getFinishedAt()).isEqualTo(finished);
        assertThat(status.getReason()).isEqualTo(reason);
        assertThat(ContainerToProto.item(Samples.container(config, state)).getState())
                .isEqualTo(expected);
    }

    @Test
    void imageOfAContainerIsShownByTheTagThatWasWritten() {
        io.carafe.domain.image.Image image = Samples.image(
                "",
                List.of("docker.io/library/other:9", "docker.io/library/nginx:1"),
                List.of("docker.io/library/nginx@sha256:" + "ab".repeat(32)));
        Container item = ContainerToProto.item(
                Samples.container(config, new io.carafe.domain.container.ContainerState.Created(Samples.CREATED)),
                image);
        assertThat(item.getImage().getImage()).isEqualTo("docker.io/library/nginx:1");
        assertThat(item.getImageRef()).isEqualTo("docker.io/library/nginx@sha256:" + "ab".repeat(32));
        assertThat(item.getImageId()).isEqualTo(Samples.IMAGE_ID.toString());
        assertThat(item.getPodSandboxId()).isEqualTo(Samples.SANDBOX_ID);
    }

    @Test
    void imageWithoutTagsIsShownAsItWasAskedFor() {
        ContainerStatus status = ContainerToProto.status(
                Samples.container(config, new io.carafe.domain.container.ContainerState.Created(Samples.CREATED)),
                Samples.image("", List.of(), List.of()));
        assertThat(status.getImage().getImage()).isEqualTo("sha256:x");
        assertThat(status.getImageRef()).isEqualTo(Samples.IMAGE_ID.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'', false, 0, ''",
        "0, true, 0, ''",
        "1000, true, 1000, ''",
        "1000:2000, true, 1000, ''",
        "www, false, 0, www",
        "www:data, false, 0, www"
    })
    void imageUserIsANumberOrAName(String user, boolean hasUid, long uid, String username) {
        Image image =
                ImageToProto.image(Samples.image(user, List.of("t:1"), List.of("d@1")), new PinnedImages(List.of()));
        assertThat(image.hasUid()).isEqualTo(hasUid);
        assertThat(image.getUid().getValue()).isEqualTo(uid);
        assertThat(image.getUsername()).isEqualTo(username);
    }

    @Test
    void imageHasItsNamesAndItsSize() {
        Image expected = RequestReader.parse(
                Image.class,
                "id: '%s' repo_tags: 't:1' repo_digests: 'd@1' size: 4096 spec { image: '%s' }"
                        .formatted(Samples.IMAGE_ID, Samples.IMAGE_ID));
        assertThat(ImageToProto.image(Samples.image("", List.of("t:1"), List.of("d@1")), new PinnedImages(List.of())))
                .isEqualTo(expected);
    }

    @Test
    void imageIsPinnedByAnyOfItsNamesAndThePresentConfiguration() {
        String digest = "sha256:" + "ab".repeat(32);
        var image = Samples.image(
                "",
                List.of("docker.io/library/a:1", "docker.io/library/b:2"),
                List.of("docker.io/library/a@" + digest));

        assertThat(isPinned(image, "b:2")).isTrue();
        assertThat(isPinned(image, "a@" + digest)).isTrue();
        assertThat(isPinned(image, "a:7@" + digest)).isTrue();
        assertThat(isPinned(image, "b:1")).isFalse();
        assertThat(isPinned(image, "b@" + digest)).isFalse();
    }

    private static boolean isPinned(io.carafe.domain.image.Image image, String configured) {
        return ImageToProto.image(image, new PinnedImages(List.of(ImageReference.parse(configured))))
                .getPinned();
    }

    private static CgroupUsage usage() {
        Pressure pressure = new Pressure(new Pressure.Stall(7, 1, 2, 3), new Pressure.Stall(8, 4, 5, 6));
        return new CgroupUsage(
                new CpuUsage(Samples.CREATED, 11, Optional.of(pressure)),
                new MemoryUsage(
                        Samples.CREATED,
                        new Bytes(1),
                        Optional.of(new Bytes(2)),
                        new Bytes(3),
                        new Bytes(4),
                        5,
                        6,
                        Optional.of(pressure)),
                Optional.of(new SwapUsage(Samples.CREATED, new Bytes(9), Optional.of(new Bytes(10)))),
                12,
                Optional.of(pressure),
                Samples.CREATED);
    }

    private static final String PSI =
            "psi { Full { Total: 7000 Avg10: 1 Avg60: 2 Avg300: 3 } Some { Total: 8000 Avg10: 4 Avg60: 5 Avg300: 6 } }";

    private static String usageText(String timestamp) {
        return """
                cpu { timestamp: @ usage_core_nano_seconds { value: 11 } %s }
                memory { timestamp: @ working_set_bytes { value: 1 } available_bytes { value: 2 } usage_bytes { value: 3 }
                  rss_bytes { value: 4 } page_faults { value: 5 } major_page_faults { value: 6 } %s }
                io { timestamp: @ %s }
                """.formatted(PSI, PSI, PSI).replace("@", timestamp);
    }

    @Test
    void containerStatsHaveEveryFigureThatWasMeasured() {
        ContainerStats.Builder stats = StatsToProto.container(Samples.container(
                config, new io.carafe.domain.container.ContainerState.Running(Samples.CREATED, Samples.STARTED)));
        StatsToProto.addUsage(stats, usage());
        StatsToProto.addWritableLayer(
                stats, new FilesystemUsage(Samples.CREATED, Path.of("/var/lib/carafe"), new Bytes(13), 14));
        ContainerStats expected = RequestReader.parse(ContainerStats.class, """
                attributes { id: '%s' metadata { name: 'nginx' attempt: 3 } labels { key: 'l' value: '1' }
                  annotations { key: 'a' value: '2' } }
                %s
                swap { timestamp: %d swap_usage_bytes { value: 9 } swap_available_bytes { value: 10 } }
                writable_layer { timestamp: %d fs_id { mountpoint: '/var/lib/carafe' } used_bytes { value: 13 }
                  inodes_used { value: 14 } }
                """.formatted(
                        Samples.CONTAINER_ID, usageText(Long.toString(CREATED)), CREATED, CREATED));
        assertThat(stats.build()).isEqualTo(expected);
    }

    @Test
    void statsOfWhatWasNotMeasuredAreAbsent() {
        ContainerStats stats = StatsToProto.container(Samples.container(
                        config, new io.carafe.domain.container.ContainerState.Created(Samples.CREATED)))
                .build();
        assertThat(stats.hasAttributes()).isTrue();
        assertThat(stats.hasCpu()).isFalse();
        assertThat(stats.hasMemory()).isFalse();
        assertThat(stats.hasWritableLayer()).isFalse();
    }

    @Test
    void sandboxStatsHaveEveryFigureThatWasMeasured() {
        PodSandboxStats.Builder stats =
                StatsToProto.sandbox(Samples.readySandbox(pod), List.of(ContainerStats.getDefaultInstance()));
        StatsToProto.addUsage(stats, usage());
        StatsToProto.addNetwork(
                stats,
                new NetworkUsage(
                        Samples.CREATED,
                        List.of(
                                new NetworkUsage.Interface("eth0", new Bytes(1), 2, new Bytes(3), 4),
                                new NetworkUsage.Interface("net1", new Bytes(5), 6, new Bytes(7), 8))));
        PodSandboxStats expected = RequestReader.parse(PodSandboxStats.class, """
                attributes { id: '%s' metadata { name: 'web' uid: 'u1' namespace: 'ns' attempt: 2 }
                  labels { key: 'l' value: '1' } annotations { key: 'a' value: '2' } }
                linux { %s containers {} process { timestamp: %d process_count { value: 12 } }
                  network { timestamp: %d
                    default_interface { name: 'eth0' rx_bytes { value: 1 } rx_errors { value: 2 } tx_bytes { value: 3 }
                      tx_errors { value: 4 } }
                    interfaces { name: 'net1' rx_bytes { value: 5 } rx_errors { value: 6 } tx_bytes { value: 7 }
                      tx_errors { value: 8 } } } }
                """.formatted(
                        Samples.SANDBOX_ID, usageText(Long.toString(CREATED)), CREATED, CREATED));
        assertThat(stats.build()).isEqualTo(expected);
    }

    @Test
    void runtimeSaysWhatItIsAndCan() {
        assertThat(RuntimeToProto.condition(
                        "NetworkReady", HealthCondition.failing("NoConfig", "none in /etc/cni/net.d")))
                .satisfies(condition -> assertThat(condition.getStatus()).isFalse())
                .satisfies(condition -> assertThat(condition.getReason()).isEqualTo("NoConfig"));
        assertThat(RuntimeToProto.handler("runc", Set.of(RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS)))
                .isEqualTo(RequestReader.parse(
                        RuntimeHandler.class, "name: 'runc' features { recursive_read_only_mounts: true }"));
        assertThat(RuntimeToProto.features().getSupplementalGroupsPolicy()).isTrue();
        assertThat(RuntimeToProto.config(CgroupDriver.CGROUPFS))
                .isEqualTo(RequestReader.parse(RuntimeConfigResponse.class, "linux { cgroup_driver: CGROUPFS }"));
        assertThat(RuntimeToProto.config(CgroupDriver.SYSTEMD).hasLinux()).isTrue();
    }
}
