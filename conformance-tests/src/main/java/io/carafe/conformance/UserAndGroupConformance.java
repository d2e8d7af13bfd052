package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.Int64Value;
import io.carafe.cri.v1.LinuxContainerSecurityContext;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.SupplementalGroupsPolicy;
import java.util.function.Consumer;

/** As whom a container runs. */
@Conformance
final class UserAndGroupConformance {
    private static final String WHO = "echo $(id -u):$(id -g):$(id -G | tr ' ' ,)";

    @Claim(
            answers = {
                "Security Context bucket: RunAsUser",
                "LinuxContainerSecurityContext.run_as_user",
                "Int64Value.value",
                "ContainerConfig.linux",
                "LinuxContainerConfig.security_context"
            })
    void runAsUserIsTheUidWithTheGroupOfThatUserInTheImage(Bench bench) {
        assertThat(who(bench, "busybox", context -> context.setRunAsUser(value(1002))))
                .startsWith("1002:1002:");
    }

    @Claim(answers = {"LinuxContainerSecurityContext.run_as_user"})
    void uidThatTheImageDoesNotKnowRunsWithGroupZero(Bench bench) {
        assertThat(who(bench, "busybox", context -> context.setRunAsUser(value(54321))))
                .startsWith("54321:0:");
    }

    @Claim(answers = {"LinuxContainerSecurityContext.run_as_user"})
    void runAsUserZeroPrevailsOverTheImagesUser(Bench bench) {
        assertThat(who(bench, "user-uid", context -> context.setRunAsUser(value(0))))
                .startsWith("0:0:");
    }

    @Claim(answers = {"Security Context bucket: RunAsUserName", "LinuxContainerSecurityContext.run_as_username"})
    void runAsUsernameIsLookedUpInTheImage(Bench bench) {
        assertThat(who(bench, "busybox", context -> context.setRunAsUsername("carafe")))
                .startsWith("1002:1002:");
    }

    @Claim(
            answers = {"LinuxContainerSecurityContext.run_as_username"},
            quote =
                    "If specified, the user MUST exist in the container image (i.e. in the /etc/passwd inside the image), and"
                            + " be resolved there by the runtime; otherwise, the runtime MUST error.")
    void usernameThatTheImageLacksIsAnError(Bench bench) {
        var pod = bench.pod();
        Refused.any(() -> pod.start(secured(context -> context.setRunAsUsername("nobody-here"))));
    }

    @Claim(answers = {"Security Context bucket: RunAsGroup", "LinuxContainerSecurityContext.run_as_group"})
    void runAsGroupIsTheGid(Bench bench) {
        assertThat(who(
                        bench,
                        "busybox",
                        context -> context.setRunAsUser(value(1002)).setRunAsGroup(value(1003))))
                .startsWith("1002:1003:");
        assertThat(who(
                        bench,
                        "busybox",
                        context -> context.setRunAsUsername("carafe").setRunAsGroup(value(1003))))
                .startsWith("1002:1003:");
    }

    @Claim(
            answers = {
                "Security Context bucket: error if RunAsGroup without RunAsUser",
                "LinuxContainerSecurityContext.run_as_group"
            },
            quote =
                    "run_as_group should only be specified when run_as_user or run_as_username is specified; otherwise, the"
                            + " runtime MUST error.")
    void runAsGroupWithoutAUserIsAnError(Bench bench) {
        var pod = bench.pod();
        Refused.any(() -> pod.create(secured(context -> context.setRunAsGroup(value(1003)))));
    }

    @Claim(
            answers = {"LinuxSandboxSecurityContext.run_as_group", "LinuxSandboxSecurityContext.run_as_user"},
            quote =
                    "run_as_group should only be specified when run_as_user is specified; otherwise, the runtime MUST error.")
    void sandboxsRunAsGroupWithoutAUserIsAnError(Bench bench) {
        var config = bench.podConfig();
        config.getLinuxBuilder().getSecurityContextBuilder().setRunAsGroup(value(1003));
        Refused.any(() -> bench.run(config.build()));
    }

    @Claim(
            answers = {
                "LinuxPodSandboxConfig.security_context",
                "LinuxSandboxSecurityContext.run_as_user",
                "LinuxSandboxSecurityContext.run_as_group",
                "LinuxSandboxSecurityContext.supplemental_groups",
                "LinuxSandboxSecurityContext.supplemental_groups_policy"
            },
            quote = "It does not apply to containers in the pods.")
    void sandboxsUserIsTakenAndNotThatOfItsContainers(Bench bench) {
        var pod = bench.pod(config -> config.getLinuxBuilder()
                .getSecurityContextBuilder()
                .setRunAsUser(value(1002))
                .setRunAsGroup(value(1003))
                .addSupplementalGroups(4321)
                .setSupplementalGroupsPolicy(SupplementalGroupsPolicy.Merge));
        assertThat(pod.script(WHO).out()).doesNotContain("4321").startsWith("0:0:");
    }

    @Claim(
            answers = {
                "Security Context bucket: SupplementalGroups",
                "LinuxContainerSecurityContext.supplemental_groups"
            })
    void supplementalGroupsAreAdded(Bench bench) {
        assertThat(who(
                        bench,
                        "busybox",
                        context -> context.setRunAsUser(value(1002))
                                .addSupplementalGroups(1234)
                                .addSupplementalGroups(5678)))
                .startsWith("1002:1002:")
                .contains("1234")
                .contains("5678");
    }

    @Claim(answers = {"ContainerConfig.image"})
    void imagesUserIsTheDefault(Bench bench) {
        assertThat(who(bench, "user-uid", _ -> {})).startsWith("1002:1002:");
        assertThat(who(bench, "user-name", _ -> {})).startsWith("1002:1002:");
        assertThat(who(bench, "user-uid-group", _ -> {})).startsWith("1003:1003:");
        assertThat(who(bench, "user-name-group", _ -> {})).startsWith("1002:1003:");
    }

    @Claim(
            answers = {"SupplementalGroupsPolicy: Merge", "LinuxContainerSecurityContext.supplemental_groups_policy"},
            quote = "If not specified, \"Merge\" is used.")
    void groupsOfTheUserInTheImageAreMergedByDefault(Bench bench) {
        assertThat(who(
                        bench,
                        "busybox",
                        context -> context.setRunAsUser(value(1000)).addSupplementalGroups(1234)))
                .startsWith("1000:1000:")
                .contains("1234")
                .contains("50000");
    }

    @Claim(
            answers = {
                "SupplementalGroupsPolicy: Strict",
                "LinuxContainerSecurityContext.supplemental_groups_policy",
                "StatusResponse.features",
                "RuntimeFeatures.supplemental_groups_policy"
            },
            quote =
                    "Strict means that the container's provided SupplementalGroups and FsGroup [...] will be used instead of"
                            + " any groups defined in the container image.")
    void groupsOfTheUserInTheImageAreLeftOutWhenStrict(Bench bench) {
        assumePolicies(bench);
        assertThat(who(
                        bench,
                        "busybox",
                        context -> context.setRunAsUser(value(1000))
                                .addSupplementalGroups(1234)
                                .setSupplementalGroupsPolicy(SupplementalGroupsPolicy.Strict)))
                .startsWith("1000:1000:")
                .contains("1234")
                .doesNotContain("50000");
    }

    @Claim(
            answers = {
                "ContainerStatus.user",
                "ContainerUser.linux",
                "LinuxContainerUser.uid",
                "LinuxContainerUser.gid",
                "LinuxContainerUser.supplemental_groups",
                "RuntimeFeatures.supplemental_groups_policy"
            },
            quote = "User identities initially attached to the container")
    void userInForceIsReported(Bench bench) {
        assumePolicies(bench);
        var user = bench.pod()
                .start(secured(context -> context.setRunAsUser(value(1000)).addSupplementalGroups(1234)))
                .status()
                .getUser()
                .getLinux();
        assertThat(user.getUid()).isEqualTo(1000);
        assertThat(user.getGid()).isEqualTo(1000);
        assertThat(user.getSupplementalGroupsList()).contains(1234L, 50000L);
    }

    private static void assumePolicies(Bench bench) {
        assumeTrue(
                bench.runtime()
                        .status(StatusRequest.getDefaultInstance())
                        .getFeatures()
                        .getSupplementalGroupsPolicy(),
                "the endpoint's features lack supplemental_groups_policy");
    }

    private static String who(Bench bench, String image, Consumer<LinuxContainerSecurityContext.Builder> change) {
        var id = bench.pulled(bench.images().named(image));
        return bench.pod()
                .script(WHO, config -> {
                    config.setImage(Requests.image(id));
                    secured(change).accept(config);
                })
                .out();
    }

    private static Consumer<ContainerConfig.Builder> secured(Consumer<LinuxContainerSecurityContext.Builder> change) {
        return config -> change.accept(config.getLinuxBuilder().getSecurityContextBuilder());
    }

    private static Int64Value value(long value) {
        return Int64Value.newBuilder().setValue(value).build();
    }
}
