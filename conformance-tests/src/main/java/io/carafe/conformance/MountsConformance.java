package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.HostFolder;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.Mount;
import io.carafe.cri.v1.MountPropagation;
import io.carafe.cri.v1.RuntimeHandler;
import io.carafe.cri.v1.StatusRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Volumes of the host in a container. Propagation has a class of its own. */
@Conformance
final class MountsConformance {
    @Claim(
            answers = {
                "Container volume: start with volume",
                "ContainerConfig.mounts",
                "Mount.container_path",
                "Mount.host_path",
                "Mount.readonly"
            })
    void volumeIsTheSameFolderOnBothSides(Bench bench) {
        var volume = bench.folder().dir("volume");
        bench.folder().file("volume/from-host", "host");
        var container = start(bench, mount(volume, "/some/new/path"));
        assertThat(container.sh("cat /some/new/path/from-host")).isEqualTo("host");
        container.sh("echo container > /some/new/path/from-container");
        assertThat(HostFolder.read(volume.resolve("from-container"))).isEqualTo("container\n");
    }

    @Claim(
            answers = {"Container volume: symlinked host path", "Mount.host_path"},
            quote =
                    "If the hostpath is a symbolic link, runtimes should follow the symlink and mount the real destination to"
                            + " container.")
    void symbolicLinkOnTheHostIsFollowed(Bench bench) {
        bench.folder().dir("real");
        bench.folder().file("real/file", "real");
        var link = bench.folder().symlink("link", bench.folder().path().resolve("real"));
        assertThat(start(bench, mount(link, "/volume")).sh("cat /volume/file")).isEqualTo("real");
    }

    @Claim(answers = {"Mount.host_path", "Mount.container_path"})
    void fileCanBeMounted(Bench bench) {
        var file = bench.folder().file("file", "mounted");
        assertThat(start(bench, mount(file, "/etc/mounted.conf")).sh("cat /etc/mounted.conf"))
                .isEqualTo("mounted");
    }

    @Claim(
            answers = {"Mount.host_path"},
            quote =
                    "If the image field below is nil and the host path doesn't exist, then runtimes should report an error.")
    void hostPathThatDoesNotExistIsAnError(Bench bench) {
        var pod = bench.pod();
        var missing = bench.folder().path().resolve("missing");
        Refused.any(() -> pod.start(config -> config.addMounts(mount(missing, "/volume"))));
        assertThat(missing).doesNotExist();
    }

    @Claim(answers = {"Container Mount Readonly: non-recursive", "Mount.readonly"})
    void readOnlyMountTakesNoWrites(Bench bench) {
        var container =
                start(bench, mount(bench.folder().dir("volume"), "/volume").setReadonly(true));
        assertThat(container.exec("touch", "/volume/new").code()).isNotZero();
    }

    @Claim(
            answers = {
                "Container Mount Readonly: recursive",
                "Mount.recursive_read_only",
                "RuntimeHandlerFeatures.recursive_read_only_mounts"
            },
            quote = "If set to true, the mount is made recursive read-only.")
    void recursiveReadOnlyReachesMountsBelow(Bench bench) {
        assumeRecursive(bench);
        var volume = bench.folder().dir("volume");
        var below = HostMounts.tmpfs(bench, bench.folder().dir("volume/below"));
        var container = start(bench, mount(volume, "/volume").setReadonly(true).setRecursiveReadOnly(true));
        assertThat(container.exec("touch", "/volume/below/new").code()).isNotZero();
        assertThat(below).isEmptyDirectory();
    }

    @Claim(
            answers = {"Container Mount Readonly: reject RRO+HOST_TO_CONTAINER", "Mount.recursive_read_only"},
            quote = "when set to true, readonly must be explicitly set to true, and propagation must be PRIVATE (0).")
    void recursiveReadOnlyWithHostToContainerIsRefused(Bench bench) {
        assumeRecursive(bench);
        refuse(bench, mount -> mount.setReadonly(true).setPropagation(MountPropagation.PROPAGATION_HOST_TO_CONTAINER));
    }

    @Claim(
            answers = {"Container Mount Readonly: reject RRO+BIDIRECTIONAL", "Mount.recursive_read_only"},
            quote = "when set to true, readonly must be explicitly set to true, and propagation must be PRIVATE (0).")
    void recursiveReadOnlyWithBidirectionalIsRefused(Bench bench) {
        assumeRecursive(bench);
        refuse(bench, mount -> mount.setReadonly(true).setPropagation(MountPropagation.PROPAGATION_BIDIRECTIONAL));
    }

    @Claim(
            answers = {"Container Mount Readonly: reject RRO with readonly=false", "Mount.recursive_read_only"},
            quote = "when set to true, readonly must be explicitly set to true, and propagation must be PRIVATE (0).")
    void recursiveReadOnlyThatIsNotReadOnlyIsRefused(Bench bench) {
        assumeRecursive(bench);
        refuse(bench, mount -> mount.setReadonly(false));
    }

    @Claim(answers = {"ContainerConfig.mounts"})
    void mountsWithinMountsAreBothThere(Bench bench) {
        bench.folder().dir("outer/inner");
        bench.folder().dir("inner");
        bench.folder().file("outer/name", "outer");
        bench.folder().file("inner/name", "inner");
        // The inner one comes first in the list: the order of the list is not the order of the paths.
        var container = bench.pod()
                .start(config -> config.addMounts(mount(bench.folder().path().resolve("inner"), "/volume/inner"))
                        .addMounts(mount(bench.folder().path().resolve("outer"), "/volume")));
        assertThat(container.sh("cat /volume/name /volume/inner/name")).isEqualTo("outerinner");
    }

    @Claim(answers = {"ContainerStatus.mounts"})
    void mountsAreReported(Bench bench) {
        var mount =
                mount(bench.folder().dir("volume"), "/volume").setReadonly(true).build();
        assertThat(start(bench, mount.toBuilder()).status().getMountsList()).anySatisfy(reported -> {
            assertThat(reported.getContainerPath()).isEqualTo("/volume");
            assertThat(reported.getHostPath()).isEqualTo(mount.getHostPath());
            assertThat(reported.getReadonly()).isTrue();
        });
    }

    @Claim(
            answers = {"Mount.selinux_relabel"},
            quote = "If set, the mount needs SELinux relabeling.")
    void relabelChangesNothingWhereThereIsNoSelinux(Bench bench) {
        assumeTrue(!Files.exists(Path.of("/sys/fs/selinux/enforce")), "SELinux is enabled on this host");
        var container =
                start(bench, mount(bench.folder().dir("volume"), "/volume").setSelinuxRelabel(true));
        assertThat(container.exec("touch", "/volume/new").code()).isZero();
    }

    @Claim(
            answers = {"Mount.mount_options", "RuntimeFeatures.mount_options"},
            quote =
                    "mount_options specifies additional bind mount options (e.g., noexec, nodev, nosuid) that the runtime must"
                            + " apply when mounting this volume into the container.")
    void mountOptionsAreApplied(Bench bench) {
        assumeTrue(
                bench.runtime()
                        .status(StatusRequest.getDefaultInstance())
                        .getFeatures()
                        .getMountOptions(),
                "the endpoint's features lack mount_options");
        var container =
                start(bench, mount(bench.folder().dir("volume"), "/volume").addMountOptions("noexec"));
        assertThat(container
                        .exec("sh", "-c", "cp /bin/busybox /volume/true && /volume/true")
                        .code())
                .isNotZero();
    }

    @Claim(answers = {"ContainerConfig.mounts"})
    void everyContainerHasTheUsualPseudoFilesystems(Bench bench) throws IOException {
        var mounts =
                bench.pod().start().sh("cut -d ' ' -f 2,3 /proc/mounts").lines().toList();
        assertThat(mounts).contains("/proc proc", "/sys sysfs", "/dev tmpfs", "/dev/pts devpts", "/dev/mqueue mqueue");
        assertThat(mounts).anyMatch(line -> line.startsWith("/dev/shm "));
    }

    private static void refuse(Bench bench, Consumer<Mount.Builder> change) {
        var mount = mount(bench.folder().dir("volume"), "/volume").setRecursiveReadOnly(true);
        change.accept(mount);
        var pod = bench.pod();
        Refused.any(() -> pod.create(config -> config.addMounts(mount)));
    }

    private static void assumeRecursive(Bench bench) {
        var handlers =
                bench.runtime().status(StatusRequest.getDefaultInstance()).getRuntimeHandlersList();
        assumeTrue(
                handlers.stream()
                        .filter(handler ->
                                handler.getName().equals(bench.settings().handler()))
                        .map(RuntimeHandler::getFeatures)
                        .anyMatch(features -> features.getRecursiveReadOnlyMounts()),
                "the handler's features lack recursive_read_only_mounts");
    }

    private static TestContainer start(Bench bench, Mount.Builder mount) {
        return bench.pod().start(config -> config.addMounts(mount));
    }

    private static Mount.Builder mount(Path host, String container) {
        return Mount.newBuilder().setHostPath(host.toString()).setContainerPath(container);
    }
}
