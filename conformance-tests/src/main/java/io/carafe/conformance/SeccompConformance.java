package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.LinuxContainerSecurityContext;
import io.carafe.cri.v1.SecurityProfile;
import io.carafe.cri.v1.SecurityProfile.ProfileType;
import java.util.function.Consumer;

@Conformance
final class SeccompConformance {
    private static final String NONE = "0";
    private static final String FILTERED = "2";

    private static final String BLOCKS_SETHOSTNAME =
            "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [\"sethostname\"], \"action\": \"SCMP_ACT_ERRNO\"}]}";

    @Claim(
            answers = {
                "SeccompProfilePath: unconfined",
                "LinuxContainerSecurityContext.seccomp",
                "SecurityProfile.profile_type"
            })
    void unconfinedIsNoFilter(Bench bench) {
        assertThat(filter(run(bench, context -> context.setSeccomp(profile(ProfileType.Unconfined)))))
                .isEqualTo(NONE);
    }

    @Claim(answers = {"SeccompProfilePath: nil is unconfined", "LinuxContainerSecurityContext.seccomp"})
    void noProfileIsNoFilter(Bench bench) {
        assertThat(filter(run(bench, _ -> {}))).isEqualTo(NONE);
    }

    @Claim(
            answers = {"SeccompProfilePath: default", "SecurityProfile.profile_type"},
            needs = "SECCOMP")
    void runtimeDefaultFiltersAndOrdinaryProgramsRun(Bench bench) {
        var container = run(bench, context -> context.setSeccomp(profile(ProfileType.RuntimeDefault)));
        assertThat(filter(container)).isEqualTo(FILTERED);
        container.sh("mkdir /tmp/a && mv /tmp/a /tmp/b && ls -l / && sleep 0 && kill -0 1 && id");
        assertThat(container.exec("unshare", "-U", "true").code()).isNotZero();
        assertThat(container.exec("mount", "-t", "tmpfs", "none", "/tmp").code())
                .isNotZero();
    }

    @Claim(answers = {"SeccompProfilePath: localhost", "SecurityProfile.localhost_ref"})
    void localhostProfileFilters(Bench bench) {
        assertThat(filter(run(bench, context -> context.setSeccomp(localhost(bench)))))
                .isEqualTo(FILTERED);
    }

    @Claim(answers = {"SeccompProfilePath: sethostname allowed with unconfined and SYS_ADMIN"})
    void unconfinedWithSysAdminMaySetTheHostname(Bench bench) {
        var container = run(bench, context -> {
            context.setSeccomp(profile(ProfileType.Unconfined));
            context.getCapabilitiesBuilder().addAddCapabilities("SYS_ADMIN");
        });
        assertThat(container.sh("hostname renamed && hostname")).isEqualTo("renamed");
    }

    @Claim(
            answers = {"SeccompProfilePath: sethostname blocked by profile"},
            needs = "SECCOMP")
    void localhostProfileBlocksWhatItNames(Bench bench) {
        var container = run(bench, context -> {
            context.setSeccomp(localhost(bench));
            context.getCapabilitiesBuilder().addAddCapabilities("SYS_ADMIN");
        });
        assertThat(container.exec("hostname", "renamed").code()).isNotZero();
    }

    @Claim(
            answers = {"SeccompProfilePath: ignored when privileged"},
            quote =
                    "Privileged mode implies the following specific options are applied: [...] Seccomp restrictions are not"
                            + " applied.")
    void privilegedIsNoFilter(Bench bench) {
        var pod = bench.pod(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setPrivileged(true));
        var container = pod.start(config -> config.getLinuxBuilder()
                .getSecurityContextBuilder()
                .setPrivileged(true)
                .setSeccomp(localhost(bench)));
        assertThat(container.sh("hostname renamed && hostname")).isEqualTo("renamed");
    }

    @Claim(
            answers = {"SecurityProfile.localhost_ref"},
            quote = "For seccomp, it must be an absolute path to the seccomp profile.")
    void localhostProfileThatIsNotThereIsAnError(Bench bench) {
        var pod = bench.pod();
        var missing = SecurityProfile.newBuilder()
                .setProfileType(ProfileType.Localhost)
                .setLocalhostRef(bench.folder().path().resolve("missing.json").toString());
        Refused.any(() -> pod.start(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setSeccomp(missing)));
    }

    @Claim(answers = {"LinuxSandboxSecurityContext.seccomp"})
    void sandboxsProfileIsTaken(Bench bench) {
        var pod = bench.pod(config ->
                config.getLinuxBuilder().getSecurityContextBuilder().setSeccomp(profile(ProfileType.RuntimeDefault)));
        assertThat(filter(pod.start()))
                .as("it is the sandbox's, not its containers'")
                .isEqualTo(NONE);
    }

    private static SecurityProfile profile(ProfileType type) {
        return SecurityProfile.newBuilder().setProfileType(type).build();
    }

    private static SecurityProfile localhost(Bench bench) {
        return SecurityProfile.newBuilder()
                .setProfileType(ProfileType.Localhost)
                .setLocalhostRef(
                        bench.folder().file("profile.json", BLOCKS_SETHOSTNAME).toString())
                .build();
    }

    private static TestContainer run(Bench bench, Consumer<LinuxContainerSecurityContext.Builder> change) {
        return bench.pod()
                .start(config -> change.accept(config.getLinuxBuilder().getSecurityContextBuilder()));
    }

    private static String filter(TestContainer container) {
        return container.sh("grep ^Seccomp: /proc/1/status | tr -cd 0-9");
    }
}
