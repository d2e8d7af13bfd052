package io.carafe.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.ports.network.NetworkRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CniPluginCommandTest {
    @TempDir
    Path directory;

    private PluginPath path;

    @BeforeEach
    void install() {
        var plugins = new FakePlugins(directory).plugin("p", FakePlugins.GOOD);
        path = new PluginPath(List.of(Path.of("/nowhere"), plugins.bin()));
    }

    private static CniConfList network(String plugin) {
        String json = "{\"cniVersion\": \"1.0.0\", \"name\": \"a\", \"plugins\": [" + plugin + "]}";
        return CniConfList.parse("a.conflist", json.getBytes(UTF_8));
    }

    private CniPluginCommand add(NetworkRequest request, CniConfList network, Optional<ObjectNode> prevResult) {
        return CniPluginCommand.forAttachment(
                CniVerb.ADD,
                CniAttachment.intended(request, "eth0", network),
                network.plugins().getFirst(),
                path,
                request.namespace(),
                prevResult);
    }

    @Test
    void variablesTellThePodInKubernetesWords() {
        var command = add(Pods.plain(Pods.POD), network("{\"type\": \"p\"}"), Optional.empty());

        assertThat(command.environment())
                .containsOnly(
                        Map.entry("CNI_COMMAND", "ADD"),
                        Map.entry("CNI_CONTAINERID", Pods.POD.value()),
                        Map.entry("CNI_NETNS", "/proc/self/ns/net"),
                        Map.entry("CNI_IFNAME", "eth0"),
                        Map.entry("CNI_PATH", "/nowhere:" + directory.resolve("bin")),
                        Map.entry(
                                "CNI_ARGS",
                                "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID="
                                        + Pods.POD + ";K8S_POD_UID=b5a1"));
        assertThat(command.program()).isEqualTo(directory.resolve("bin/p"));
    }

    @Test
    void inputIsThePluginsOwnWithNameAndVersionOfTheList() {
        var command = add(
                Pods.plain(Pods.POD),
                network("{\"type\": \"p\", \"mtu\": 9000, \"args\": {\"x\": 1}}"),
                Optional.empty());

        assertThat(command.input().toString())
                .isEqualTo("{\"type\":\"p\",\"mtu\":9000,\"args\":{\"x\":1},\"cniVersion\":\"1.0.0\",\"name\":\"a\"}");
    }

    @Test
    void pluginIsToldOnlyTheArgumentsItAskedFor() {
        var command = add(
                Pods.withHostPort(Pods.POD),
                network("{\"type\": \"p\", \"capabilities\": {\"portMappings\": true, \"dns\": false, \"mac\": true}}"),
                Optional.empty());

        assertThat(command.input().has("capabilities")).isFalse();
        assertThat(command.input().path("runtimeConfig").toString())
                .isEqualTo(
                        "{\"portMappings\":[{\"hostPort\":5353,\"containerPort\":53,\"protocol\":\"udp\",\"hostIP\":\"127.0.0.1\"}]}");
    }

    @Test
    void everyArgumentThatIsOfferedCanBeAskedFor() {
        var command = add(
                Pods.withAnnotations(Pods.POD, Map.of("kubernetes.io/egress-bandwidth", "1M")),
                network("{\"type\": \"p\", \"capabilities\": {\"bandwidth\": true, \"dns\": true, \"cgroupPath\": true,"
                        + " \"io.kubernetes.cri.pod-annotations\": true}}"),
                Optional.empty());

        assertThat(command.input().path("runtimeConfig").toString())
                .isEqualTo("{\"bandwidth\":{\"egressRate\":1000000,\"egressBurst\":4294967295},"
                        + "\"dns\":{\"servers\":[\"10.96.0.10\"],\"searches\":[\"shop.svc\"],\"options\":[\"ndots:5\"]},"
                        + "\"cgroupPath\":\"/kubepods/podb5a1\","
                        + "\"io.kubernetes.cri.pod-annotations\":{\"kubernetes.io/egress-bandwidth\":\"1M\"}}");
    }

    @Test
    void malformedBandwidthMattersOnlyToANetworkThatLimitsIt() {
        var request = Pods.withAnnotations(Pods.POD, Map.of("kubernetes.io/egress-bandwidth", "fast"));
        CniConfList limiting = network("{\"type\": \"p\", \"capabilities\": {\"bandwidth\": true}}");

        assertThat(add(request, network("{\"type\": \"p\"}"), Optional.empty()).verb())
                .isEqualTo(CniVerb.ADD);
        assertThatThrownBy(() -> add(request, limiting, Optional.empty())).isInstanceOf(Fault.InvalidArgument.class);
    }

    @Test
    void previousResultIsPassedOn() {
        ObjectNode result = CniJson.parse(FakePlugins.RESULT.getBytes(UTF_8));

        var command = add(Pods.plain(Pods.POD), network("{\"type\": \"p\"}"), Optional.of(result));

        assertThat(command.input().path("prevResult")).isEqualTo(result);
    }

    @Test
    void podCannotPassForAnotherByItsName() {
        var request = new NetworkRequest(
                Pods.POD,
                new PodSandboxMetadata("web;K8S_POD_NAMESPACE=kube-system", "u", "shop", 0),
                Optional.of(Pods.NAMESPACE),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());

        assertThatThrownBy(() -> add(request, network("{\"type\": \"p\"}"), Optional.empty()))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("K8S_POD_NAME");
    }

    @Test
    void pluginThatIsNotInstalledIsUnavailableAndSaysWhereItWasLookedFor() {
        assertThatThrownBy(() -> add(Pods.plain(Pods.POD), network("{\"type\": \"absent\"}"), Optional.empty()))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContainingAll("absent", "a.conflist", "/nowhere", "bin_dirs");
    }
}
