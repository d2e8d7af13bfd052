package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.MountPropagation;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a mount made later on one side appears on the other. */
@Conformance
final class MountPropagationConformance {
    @Claim(answers = {"Container Mount Propagation: rprivate", "Mount.propagation"})
    void privateMountsCrossNeitherWay(Bench bench) {
        var volume = volume(bench);
        var container = privileged(bench, volume, MountPropagation.PROPAGATION_PRIVATE);
        mountOnHost(bench, volume);
        assertThat(container.exec("test", "-e", "/volume/host/file").code()).isNotZero();
        container.sh("mount -t tmpfs none /volume/container && touch /volume/container/file");
        assertThat(volume.resolve("container/file")).doesNotExist();
    }

    @Claim(answers = {"Container Mount Propagation: rslave", "Mount.propagation"})
    void hostToContainerCrossesThatWayOnly(Bench bench) {
        var volume = volume(bench);
        var container = privileged(bench, volume, MountPropagation.PROPAGATION_HOST_TO_CONTAINER);
        mountOnHost(bench, volume);
        assertThat(container.exec("test", "-e", "/volume/host/file").code()).isZero();
        container.sh("mount -t tmpfs none /volume/container && touch /volume/container/file");
        assertThat(volume.resolve("container/file")).doesNotExist();
    }

    @Claim(answers = {"Container Mount Propagation: rshared", "Mount.propagation"})
    void bidirectionalCrossesBothWays(Bench bench) {
        var volume = volume(bench);
        var container = privileged(bench, volume, MountPropagation.PROPAGATION_BIDIRECTIONAL);
        mountOnHost(bench, volume);
        assertThat(container.exec("test", "-e", "/volume/host/file").code()).isZero();
        container.sh("mount -t tmpfs none /volume/container && touch /volume/container/file");
        assertThat(volume.resolve("container/file")).exists();
    }

    @Claim(
            answers = {"Mount.propagation"},
            needs = "MOUNT_PROPAGATION")
    void propagationFromAHostMountThatIsNotSharedIsRefused(Bench bench) {
        var folder = bench.folder().dir("unshared");
        HostMounts.tmpfs(bench, folder);
        HostMounts.makePrivate(folder);
        var pod = bench.pod(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setPrivileged(true));
        Refused.any(() -> pod.start(config -> {
            config.getLinuxBuilder().getSecurityContextBuilder().setPrivileged(true);
            config.addMountsBuilder()
                    .setHostPath(folder.toString())
                    .setContainerPath("/volume")
                    .setPropagation(MountPropagation.PROPAGATION_BIDIRECTIONAL);
        }));
    }

    private static Path volume(Bench bench) {
        var volume = HostMounts.shared(bench, bench.folder().dir("volume"));
        bench.folder().dir("volume/host");
        bench.folder().dir("volume/container");
        return volume;
    }

    private static void mountOnHost(Bench bench, Path volume) {
        var source = bench.folder().dir("source");
        bench.folder().file("source/file", "content");
        HostMounts.bind(bench, source, volume.resolve("host"));
        assertThat(Files.exists(volume.resolve("host/file"))).isTrue();
    }

    private static TestContainer privileged(Bench bench, Path volume, MountPropagation propagation) {
        var pod = bench.pod(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setPrivileged(true));
        return pod.start(config -> {
            config.getLinuxBuilder().getSecurityContextBuilder().setPrivileged(true);
            config.addMountsBuilder()
                    .setHostPath(volume.toString())
                    .setContainerPath("/volume")
                    .setPropagation(propagation);
        });
    }
}
