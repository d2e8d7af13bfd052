package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.LinuxContainerSecurityContext;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a container may do: capabilities, privileged, paths, the root filesystem, new privileges. */
@Conformance
final class SecurityContextConformance {
    private static final int CHOWN = 0;
    private static final int NET_ADMIN = 12;
    private static final int NET_RAW = 13;
    private static final int SYS_ADMIN = 21;
    private static final int SYS_TIME = 25;

    @Claim(answers = {"LinuxContainerSecurityContext.capabilities"})
    void defaultCapabilitiesAreFew(Bench bench) {
        var effective = capabilities(run(bench, _ -> {}), "CapEff");
        assertThat(effective).satisfies(set -> assertThat(has(set, CHOWN)).isTrue());
        assertThat(has(effective, SYS_ADMIN) || has(effective, NET_ADMIN) || has(effective, SYS_TIME))
                .isFalse();
    }

    @Claim(
            answers = {
                "Security Context bucket: add cap",
                "LinuxContainerSecurityContext.capabilities",
                "Capability.add_capabilities"
            },
            quote =
                    "If a capability is added to only the add_capabilities list then it gets added to permitted, inheritable,"
                            + " effective and bounding sets, i.e. all sets except the ambient set.")
    void addedCapabilityIsEffectiveButNotAmbient(Bench bench) {
        var container = run(bench, context -> context.getCapabilitiesBuilder().addAddCapabilities("NET_ADMIN"));
        assertThat(has(capabilities(container, "CapEff"), NET_ADMIN)).isTrue();
        assertThat(has(capabilities(container, "CapPrm"), NET_ADMIN)).isTrue();
        assertThat(has(capabilities(container, "CapBnd"), NET_ADMIN)).isTrue();
        assertThat(has(capabilities(container, "CapAmb"), NET_ADMIN)).isFalse();
    }

    @Claim(
            answers = {"Security Context bucket: drop cap", "Capability.drop_capabilities"},
            quote = "Dropping a capability will drop it from all sets.")
    void droppedCapabilityIsInNoSet(Bench bench) {
        var container = run(bench, context -> context.getCapabilitiesBuilder().addDropCapabilities("NET_RAW"));
        for (var set : new String[] {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
            assertThat(has(capabilities(container, set), NET_RAW)).as(set).isFalse();
        }
        assertThat(has(capabilities(container, "CapEff"), CHOWN)).isTrue();
    }

    @Claim(answers = {"Security Context bucket: add ALL"})
    void addAllGivesAllThatTheRuntimeHas(Bench bench) {
        var container = run(bench, context -> context.getCapabilitiesBuilder().addAddCapabilities("ALL"));
        var effective = capabilities(container, "CapEff");
        assertThat(has(effective, SYS_ADMIN) && has(effective, NET_ADMIN)).isTrue();
    }

    @Claim(answers = {"Security Context bucket: drop ALL"})
    void dropAllLeavesNone(Bench bench) {
        var container = run(bench, context -> context.getCapabilitiesBuilder().addDropCapabilities("ALL"));
        assertThat(capabilities(container, "CapEff")).isZero();
        assertThat(capabilities(container, "CapBnd")).isZero();
    }

    @Claim(answers = {"Capability.add_capabilities", "Capability.drop_capabilities"})
    void dropAllAndAddOneLeavesThatOne(Bench bench) {
        var container = run(
                bench,
                context -> context.getCapabilitiesBuilder()
                        .addDropCapabilities("ALL")
                        .addAddCapabilities("CHOWN"));
        assertThat(capabilities(container, "CapEff")).isEqualTo(1L << CHOWN);
    }

    @Claim(
            answers = {"Capability.add_ambient_capabilities"},
            quote =
                    "If a capability is added to only the add_ambient_capabilities list then it gets added to all sets, i.e"
                            + " permitted inheritable, effective, bounding and ambient sets.")
    void ambientCapabilityIsInAllSetsOfAnOrdinaryUser(Bench bench) {
        var container = run(bench, context -> {
            context.getRunAsUserBuilder().setValue(1002);
            context.getCapabilitiesBuilder().addAddAmbientCapabilities("SYS_TIME");
        });
        for (var set : new String[] {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
            assertThat(has(capabilities(container, set), SYS_TIME)).as(set).isTrue();
        }
    }

    @Claim(
            answers = {
                "Security Context bucket: Privileged true",
                "LinuxContainerSecurityContext.privileged",
                "LinuxSandboxSecurityContext.privileged"
            },
            quote =
                    "All capabilities are added. [...] All devices from the host's /dev are available within the container."
                            + " [...] Seccomp restrictions are not applied.")
    void privilegedContainerMayDoWhatTheHostMay(Bench bench) {
        var container = privileged(bench);
        assertThat(has(capabilities(container, "CapEff"), SYS_ADMIN)).isTrue();
        container.sh("mount -t tmpfs none /work && umount /work");
        assertThat(container.exec("test", "-c", "/dev/kmsg").code()).isZero();
        assertThat(status(container, "Seccomp")).isEqualTo("0");
    }

    @Claim(
            answers = {"LinuxContainerSecurityContext.privileged"},
            quote = "Any sysfs and procfs mounts are mounted RW.")
    void privilegedContainerMayWriteToProcAndSys(Bench bench) {
        var container = privileged(bench);
        assertThat(container.sh("grep ' /proc proc ' /proc/mounts")).contains("rw");
        assertThat(container.sh("grep ' /sys sysfs ' /proc/mounts")).contains("rw");
    }

    @Claim(answers = {"Security Context bucket: Privileged false", "LinuxContainerSecurityContext.privileged"})
    void ordinaryContainerMayNot(Bench bench) {
        var container = run(bench, _ -> {});
        assertThat(container.exec("mount", "-t", "tmpfs", "none", "/work").code())
                .isNotZero();
        assertThat(container.sh("grep ' /sys sysfs ' /proc/mounts")).contains("ro");
        assertThat(container.exec("test", "-e", "/dev/kmsg").code()).isNotZero();
    }

    @Claim(
            answers = {"LinuxSandboxSecurityContext.privileged"},
            quote = "If a privileged container is to be executed within it, this MUST be true.")
    void privilegedContainerInAnOrdinarySandboxIsRefused(Bench bench) {
        var pod = bench.pod();
        Refused.any(() -> pod.create(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setPrivileged(true)));
    }

    @Claim(answers = {"Security Context bucket: ReadOnlyRootfs true", "LinuxContainerSecurityContext.readonly_rootfs"})
    void readOnlyRootFilesystemTakesNoWrites(Bench bench) {
        var container = run(bench, context -> context.setReadonlyRootfs(true));
        assertThat(container.exec("touch", "/new").code()).isNotZero();
        assertThat(container.exec("cat", "/etc/passwd").code()).isZero();
        assertThat(container.exec("touch", "/dev/shm/new").code()).isZero();
    }

    @Claim(answers = {"Security Context bucket: ReadOnlyRootfs false", "LinuxContainerSecurityContext.readonly_rootfs"})
    void ordinaryRootFilesystemTakesWrites(Bench bench) {
        assertThat(run(bench, _ -> {}).sh("echo text > /new && cat /new")).isEqualTo("text");
    }

    @Claim(answers = {"LinuxSandboxSecurityContext.readonly_rootfs"})
    void sandboxsReadOnlyRootIsNotThatOfItsContainers(Bench bench) {
        var pod = bench.pod(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setReadonlyRootfs(true));
        assertThat(pod.start().exec("touch", "/new").code()).isZero();
    }

    @Claim(answers = {"Security Context bucket: MaskedPaths", "LinuxContainerSecurityContext.masked_paths"})
    void maskedPathsShowNothing(Bench bench) {
        var container = run(
                bench,
                context -> context.addMaskedPaths("/etc/passwd")
                        .addMaskedPaths("/work")
                        .addMaskedPaths("/no/such/path"));
        assertThat(container.exec("cat", "/etc/passwd").out()).isEmpty();
        assertThat(container.exec("ls", "-A", "/work").out()).isEmpty();
    }

    @Claim(answers = {"Security Context bucket: ReadonlyPaths", "LinuxContainerSecurityContext.readonly_paths"})
    void readonlyPathsTakeNoWrites(Bench bench) {
        var container = run(bench, context -> context.addReadonlyPaths("/work"));
        assertThat(container.exec("touch", "/work/new").code()).isNotZero();
        assertThat(container.exec("touch", "/tmp/new").code()).isZero();
    }

    @Claim(answers = {"NoNewPrivs: true", "LinuxContainerSecurityContext.no_new_privs"})
    void noNewPrivsIsSet(Bench bench) {
        var container = run(bench, context -> context.setNoNewPrivs(true));
        assertThat(status(container, "NoNewPrivs")).isEqualTo("1");
        assertThat(container.sh("grep NoNewPrivs /proc/self/status"))
                .as("an exec too")
                .endsWith("1");
    }

    @Claim(answers = {"NoNewPrivs: false", "LinuxContainerSecurityContext.no_new_privs"})
    void noNewPrivsIsNotSetOtherwise(Bench bench) {
        assertThat(status(run(bench, _ -> {}), "NoNewPrivs")).isEqualTo("0");
    }

    private static TestContainer privileged(Bench bench) {
        var pod = bench.pod(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setPrivileged(true));
        return pod.start(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setPrivileged(true));
    }

    private static TestContainer run(Bench bench, Consumer<LinuxContainerSecurityContext.Builder> change) {
        return bench.pod()
                .start(config -> change.accept(config.getLinuxBuilder().getSecurityContextBuilder()));
    }

    private static long capabilities(TestContainer container, String set) {
        return Long.parseUnsignedLong(status(container, set), 16);
    }

    private static String status(TestContainer container, String key) {
        Map<String, String> lines = container
                .sh("cat /proc/1/status")
                .lines()
                .map(line -> line.split(":\\s*", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip()));
        return lines.getOrDefault(key, "");
    }

    private static boolean has(long set, int capability) {
        return (set & 1L << capability) != 0;
    }
}
