package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.cri.v1.NetworkConfig;
import io.carafe.cri.v1.RuntimeCondition;
import io.carafe.cri.v1.RuntimeConfig;
import io.carafe.cri.v1.RuntimeConfigRequest;
import io.carafe.cri.v1.RuntimeHandler;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.UpdateRuntimeConfigRequest;
import io.carafe.cri.v1.VersionRequest;
import java.util.Map;

@Conformance
final class VersionAndStatusConformance {
    private static final String SEMVER = "v?\\d+\\.\\d+\\.\\d+(?:[-+~].*)?";

    @Claim(
            answers = {
                "Runtime info: version info",
                "VersionRequest.version",
                "VersionResponse.version",
                "VersionResponse.runtime_name",
                "VersionResponse.runtime_version",
                "VersionResponse.runtime_api_version"
            },
            quote = "Version of the container runtime. The string must be semver-compatible.")
    void versionNamesTheRuntimeAndSpeaksV1(Bench bench) {
        var version = bench.runtime()
                .version(VersionRequest.newBuilder().setVersion("v1").build());
        assertThat(version.getVersion()).isNotEmpty();
        assertThat(version.getRuntimeName()).isNotEmpty();
        assertThat(version.getRuntimeVersion()).matches(SEMVER);
        assertThat(version.getRuntimeApiVersion()).isEqualTo("v1");
    }

    @Claim(
            answers = {
                "Runtime info: runtime conditions",
                "StatusResponse.status",
                "RuntimeStatus.conditions",
                "RuntimeCondition.type",
                "RuntimeCondition.status",
                "RuntimeCondition.reason",
                "RuntimeCondition.message"
            })
    void runtimeAndNetworkAreReady(Bench bench) {
        var conditions = bench.runtime()
                .status(StatusRequest.getDefaultInstance())
                .getStatus()
                .getConditionsList();
        assertThat(conditions)
                .allSatisfy(condition -> assertThat(
                                condition.getStatus() || !condition.getReason().isEmpty())
                        .as("a condition that is not met has a reason: %s", condition)
                        .isTrue());
        assertThat(conditions.stream().filter(RuntimeCondition::getStatus).map(RuntimeCondition::getType))
                .contains("RuntimeReady", "NetworkReady");
    }

    @Claim(
            answers = {"StatusRequest.verbose", "StatusResponse.info"},
            quote =
                    "The key could be arbitrary string, and value should be in json format. [...] It should only be returned"
                            + " non-empty when Verbose is true.")
    void statusHasInfoOnlyWhenVerboseAndItIsJson(Bench bench) {
        assertThat(bench.runtime().status(StatusRequest.getDefaultInstance()).getInfoMap())
                .isEmpty();
        var verbose = bench.runtime()
                .status(StatusRequest.newBuilder().setVerbose(true).build());
        assertThat(verbose.getInfoMap()).isNotEmpty();
        JsonText.assertAllJson(verbose.getInfoMap());
    }

    @Claim(
            answers = {
                "StatusResponse.runtime_handlers",
                "RuntimeHandler.name",
                "RuntimeHandler.features",
                "RuntimeHandlerFeatures.recursive_read_only_mounts",
                "RuntimeHandlerFeatures.user_namespaces"
            },
            quote = "Name must be unique in StatusResponse. An empty string denotes the default handler.")
    void handlersAreListedOnceEachAndTheDefaultByTheEmptyName(Bench bench) {
        var names = bench.runtime().status(StatusRequest.getDefaultInstance()).getRuntimeHandlersList().stream()
                .map(RuntimeHandler::getName)
                .toList();
        assertThat(names).doesNotHaveDuplicates().contains("");
        if (!bench.settings().handler().isEmpty()) {
            assertThat(names).contains(bench.settings().handler());
        }
    }

    @Claim(
            answers = {"RuntimeConfig", "RuntimeConfigResponse.linux", "LinuxRuntimeConfiguration.cgroup_driver"},
            quote = "RuntimeConfig returns configuration information of the runtime.")
    void runtimeConfigTellsTheCgroupDriver(Bench bench) {
        var config = bench.runtime().runtimeConfig(RuntimeConfigRequest.getDefaultInstance());
        assertThat(config.hasLinux()).isTrue();
        assertThat(config.getLinux().getCgroupDriver().getNumber()).isIn(0, 1);
    }

    @Claim(
            answers = {
                "UpdateRuntimeConfig",
                "UpdateRuntimeConfigRequest.runtime_config",
                "RuntimeConfig.network_config",
                "NetworkConfig.pod_cidr"
            })
    void podCidrIsTaken(Bench bench) {
        update(bench, "10.77.0.0/16");
        assertThat(bench.runtime().version(VersionRequest.getDefaultInstance()).getRuntimeName())
                .isNotEmpty();
    }

    @Claim(
            answers = {"UpdateRuntimeConfig"},
            quote = "CIDR to use for pod IP addresses. If the CIDR is empty, runtimes should omit it.")
    void emptyPodCidrIsNoError(Bench bench) {
        update(bench, "");
    }

    private static void update(Bench bench, String cidr) {
        var network = NetworkConfig.newBuilder().setPodCidr(cidr);
        var response = bench.runtime()
                .updateRuntimeConfig(UpdateRuntimeConfigRequest.newBuilder()
                        .setRuntimeConfig(RuntimeConfig.newBuilder().setNetworkConfig(network))
                        .build());
        assertThat(response.getAllFields()).isEqualTo(Map.of());
    }
}
