package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestPod;
import io.carafe.cri.v1.IDMapping;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.UserNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** User namespaces of pods. What a handler without them must do is said by NODE alone: a kubelet sends that for ordinary pods. */
@Conformance
final class UserNamespacesConformance {
    private static final IDMapping MAPPING = IDMapping.newBuilder()
            .setHostId(1_000_000)
            .setContainerId(0)
            .setLength(65_536)
            .build();

    @Claim(answers = {"UserNamespaces: NODE mode", "NamespaceOption.userns_options", "UserNamespace.mode"})
    void nodeModeIsTheNodesUserNamespace(Bench bench) throws IOException {
        var pod = pod(bench, options -> options.setMode(NamespaceMode.NODE));
        var options = pod.config().getLinux().getSecurityContext().getNamespaceOptions();
        var container = pod.start(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setNamespaceOptions(options));
        assertThat(container.sh("readlink /proc/self/ns/user"))
                .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")).toString());
    }

    @Claim(
            answers = {
                "UserNamespaces: POD mode",
                "UserNamespace.uids",
                "UserNamespace.gids",
                "IDMapping.host_id",
                "IDMapping.container_id",
                "IDMapping.length"
            })
    void podModeMapsTheIdsOfThePod(Bench bench) {
        assumeSupported(bench);
        var pod = pod(bench, options -> options.addUids(MAPPING).addGids(MAPPING));
        var options = pod.config().getLinux().getSecurityContext().getNamespaceOptions();
        var container = pod.start(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setNamespaceOptions(options));
        assertThat(container.sh("awk '{ print $1, $2, $3 }' /proc/self/uid_map"))
                .isEqualTo("0 1000000 65536");
        assertThat(container.sh("awk '{ print $1, $2, $3 }' /proc/self/gid_map"))
                .isEqualTo("0 1000000 65536");
    }

    @Claim(
            answers = {"UserNamespaces: CONTAINER fails", "UserNamespaces: TARGET fails"},
            quote = "NamespaceMode for UserNamespace currently supports only POD and NODE, not CONTAINER OR TARGET.")
    void modesOtherThanPodAndNodeAreRefused(Bench bench) {
        assumeSupported(bench);
        for (var mode : List.of(NamespaceMode.CONTAINER, NamespaceMode.TARGET)) {
            Refused.any(() ->
                    pod(bench, options -> options.setMode(mode).addUids(MAPPING).addGids(MAPPING)));
        }
    }

    @Claim(answers = {"UserNamespaces: more than one mapping fails", "UserNamespaces: container id 0 not mapped fails"})
    void mappingsThatAreManyOrDoNotBeginAtZeroAreRefused(Bench bench) {
        assumeSupported(bench);
        var second =
                MAPPING.toBuilder().setContainerId(65_536).setHostId(2_000_000).build();
        Refused.any(() ->
                pod(bench, options -> options.addUids(MAPPING).addUids(second).addGids(MAPPING)));
        Refused.any(() -> pod(bench, options -> options.addUids(second).addGids(second)));
    }

    private static TestPod pod(Bench bench, Consumer<UserNamespace.Builder> change) {
        return bench.pod(config -> change.accept(config.getLinuxBuilder()
                .getSecurityContextBuilder()
                .getNamespaceOptionsBuilder()
                .getUsernsOptionsBuilder()));
    }

    private static void assumeSupported(Bench bench) {
        assumeTrue(
                bench.runtime().status(StatusRequest.getDefaultInstance()).getRuntimeHandlersList().stream()
                        .filter(handler ->
                                handler.getName().equals(bench.settings().handler()))
                        .anyMatch(handler -> handler.getFeatures().getUserNamespaces()),
                "the handler's features lack user_namespaces");
    }
}
