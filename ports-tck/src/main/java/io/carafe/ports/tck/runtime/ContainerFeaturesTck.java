package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.launch.SpecDevice;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.spec.OciDevice;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.domain.spec.OciSeccomp.Syscall;
import io.carafe.linux.capability.ProcessStatus;
import io.carafe.linux.mount.Mounts;
import io.carafe.linux.mount.Propagation;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.runtime.TckPod.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a container's spec may ask for, each where the handler says that it can. */
public abstract class ContainerFeaturesTck extends HandlerHarness {
    private static final String NOT_PERMITTED = "Operation not permitted";

    /** Of what is forbidden, one call is answered by the default and one by an error of its own. */
    private static final OciSeccomp FILTER = new OciSeccomp(
            "SCMP_ACT_ALLOW",
            OptionalInt.empty(),
            List.of(),
            List.of(),
            List.of(
                    new Syscall(List.of("mkdir", "mkdirat"), "SCMP_ACT_ERRNO", OptionalInt.empty(), List.of()),
                    new Syscall(
                            List.of("chmod", "fchmod", "fchmodat"),
                            "SCMP_ACT_ERRNO",
                            OptionalInt.of(38 /* ENOSYS */),
                            List.of())));

    @Test
    void filteredSystemCallIsRefusedAndAllElseWorks() throws Exception {
        requires(RuntimeFeature.SECCOMP);
        String calls = "mkdir /tmp/a; chmod 700 /tmp; touch /tmp/file && echo touched";
        TckPod pod = pod();

        assertThat(run(pod, calls, SpecAdditions.NONE.withSeccomp(FILTER)))
                .contains("'/tmp/a': " + NOT_PERMITTED)
                .contains("/tmp: Function not implemented")
                .contains("touched");
        assertThat(run(pod, calls, SpecAdditions.NONE))
                .endsWith(" stdout F touched\n")
                .doesNotContain("mkdir", "chmod");
    }

    @Test
    void filterHoldsForCommandsToo() throws Exception {
        requires(RuntimeFeature.SECCOMP);
        TckPod pod = pod();
        ContainerId id = pod.start(Request.shell("exec sleep 1000").with(SpecAdditions.NONE.withSeccomp(FILTER)));

        ExecResult result = execs().run(pod.exec(id, "mkdir /tmp/a"), Eventually.PATIENCE, Bytes.ofMebibytes(1));

        assertThat(result.exitCode()).isNotZero();
        assertThat(new String(result.stderr(), StandardCharsets.UTF_8)).contains(NOT_PERMITTED);
    }

    @Test
    void deviceIsThereUnderItsNameAndIsReadAndWritten() throws Exception {
        requires(RuntimeFeature.DEVICES);
        String use = "[ -c /dev/tck ] && echo x >/dev/tck && head -c 4 /dev/tck | tr '\\0' z";

        assertThat(run(pod(), use, SpecAdditions.NONE.withDevice(device("/dev/tck", 5, "rwm"))))
                .endsWith(" stdout P zzzz\n");
    }

    /** Opened only: what a reader or a writer of the kernel's log would do there is no concern of the kit. */
    @Test
    void deviceIsUsedAsItsPermissionsSay() throws Exception {
        requires(RuntimeFeature.DEVICES);
        TckPod pod = pod();
        String open = "(: </dev/tck) && echo read; (: >/dev/tck) && echo written; true";

        assertThat(run(pod, open, kernelLog("rw"))).contains("F read").contains("F written");
        assertThat(run(pod, open, kernelLog("r")))
                .contains("F read")
                .contains(NOT_PERMITTED)
                .doesNotContain("F written");
        assertThat(run(pod, open, kernelLog("w")))
                .contains("F written")
                .contains(NOT_PERMITTED)
                .doesNotContain("F read");
    }

    @Test
    void deviceThatIsNotGivenCannotBeMadeAndUsed() throws Exception {
        requires(RuntimeFeature.DEVICES);
        TckPod pod = pod();
        String make = "mknod /dev/own c 1 11 && (: </dev/own) && echo read; true";

        assertThat(run(pod, make, kernelLog("rwm"))).contains("F read");
        assertThat(run(pod, make, SpecAdditions.NONE.withCapabilities("CAP_MKNOD", "CAP_SYSLOG")))
                .contains(NOT_PERMITTED)
                .doesNotContain("F read");
    }

    @Test
    void mountIsReadOnlyWithAllThatIsMountedBelow() throws Exception {
        requires(RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS);
        Path volume = volume();
        TckPod pod = pod();
        String write = "touch /volume/file /volume/below/file && echo written; true";
        try {
            Mounts.tmpfs(Files.createDirectory(volume.resolve("below")), 1 << 20, 0755);

            assertThat(run(pod, write, bound(volume, "rprivate", "rw"))).contains("F written");
            assertThat(run(pod, write, bound(volume, "rprivate", "rro")))
                    .contains("/volume/file: Read-only file system")
                    .contains("/volume/below/file: Read-only file system");
        } finally {
            Mounts.unmountTree(volume);
        }
    }

    @Test
    void mountOfTheHostReachesAContainerThatAsksForIt() throws Exception {
        requires(RuntimeFeature.MOUNT_PROPAGATION);
        Path volume = volume();
        TckPod pod = pod();
        try {
            ContainerId slave = pod.start(Request.shell("exec sleep 1000").with(bound(volume, "rslave", "rw")));
            ContainerId apart = pod.start(Request.shell("exec sleep 1000").with(bound(volume, "rprivate", "rw")));

            Mounts.tmpfs(Files.createDirectory(volume.resolve("later")), 1 << 20, 0755);
            Files.createFile(volume.resolve("later/file"));

            assertThat(code(pod, slave, "[ -e /volume/later/file ]")).isZero();
            assertThat(code(pod, apart, "[ -d /volume/later ]")).isZero();
            assertThat(code(pod, apart, "[ -e /volume/later/file ]")).isNotZero();
        } finally {
            Mounts.unmountTree(volume);
        }
    }

    @Test
    void mountOfAContainerReachesTheHostWhereItAsksForThat() throws Exception {
        requires(RuntimeFeature.MOUNT_PROPAGATION);
        Path volume = volume();
        TckPod pod = pod();
        String mount = "mkdir -p /volume/own && mount -t tmpfs none /volume/own && touch /volume/own/NAME && echo made";
        try {
            for (String way : List.of("rslave", "rprivate", "rshared")) {
                assertThat(run(
                                pod,
                                mount.replace("NAME", way),
                                bound(volume, way, "rw").withCapabilities("CAP_SYS_ADMIN")))
                        .contains("F made");
                assertThat(volume.resolve("own/" + way).toFile().exists()).isEqualTo(way.equals("rshared"));
            }
        } finally {
            Mounts.unmountTree(volume);
        }
    }

    @Test
    void containerWithAllCapabilitiesMayMount() throws Exception {
        requires(RuntimeFeature.PRIVILEGED);
        String[] all = ProcessStatus.own().grantableCapabilities().toArray(String[]::new);

        assertThat(run(pod(), "mount -t tmpfs none /tmp && echo mounted", SpecAdditions.NONE.withCapabilities(all)))
                .contains("F mounted");
    }

    private static SpecAdditions kernelLog(String permissions) {
        return SpecAdditions.NONE
                .withCapabilities("CAP_MKNOD", "CAP_SYSLOG")
                .withDevice(device("/dev/tck", 11, permissions));
    }

    /** One of the memory devices: 5 is /dev/zero, 11 is /dev/kmsg. Source: admin-guide/devices.txt. */
    private static SpecDevice device(String path, long minor, String permissions) {
        return new SpecDevice(
                new OciDevice(path, "c", 1, minor, OptionalInt.of(0666), Optional.of(0L), Optional.of(0L)),
                permissions);
    }

    private static SpecAdditions bound(Path volume, String propagation, String access) {
        return SpecAdditions.NONE.withMount(
                new OciMount("/volume", "bind", volume.toString(), List.of("rbind", propagation, access)));
    }

    /** A directory of the host that hands on what is mounted in it; who makes it unmounts it. */
    private Path volume() throws Exception {
        Files.createDirectory(rootfs().resolve("volume"));
        Path volume = Files.createDirectory(directory().resolve("volume"));
        Mounts.bind(volume, volume);
        Mounts.setPropagation(volume, Propagation.PRIVATE);
        Mounts.setPropagation(volume, Propagation.SHARED);
        return volume;
    }

    /** What a container has written to its log in its life. */
    private String run(TckPod pod, String shell, SpecAdditions additions) throws Exception {
        ContainerId id = pod.start(Request.shell(shell).with(additions));
        exits.await(id);
        return pod.logText(id);
    }

    private int code(TckPod pod, ContainerId id, String shell) throws InterruptedException {
        return execs().run(pod.exec(id, shell), Eventually.PATIENCE, Bytes.ofMebibytes(1))
                .exitCode();
    }
}
