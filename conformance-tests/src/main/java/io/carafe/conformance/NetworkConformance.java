package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestPod;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PortMapping;
import io.carafe.cri.v1.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Consumer;

/** Addresses, names and ports of pods. Traffic goes to loopback and to the pods only. */
@Conformance
final class NetworkConformance {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Claim(
            answers = {
                "PodSandboxStatus.network",
                "PodSandboxNetworkStatus.ip",
                "PodSandboxNetworkStatus.additional_ips",
                "PodIP.ip"
            })
    void podHasTheAddressThatItsStatusTells(Bench bench) throws IOException {
        var pod = bench.pod();
        var ip = ip(pod);
        assertThat(InetAddress.getByName(ip).isLoopbackAddress()).isFalse();
        assertThat(pod.start().sh("ip -o addr show")).contains(" " + ip + "/");
        assertThat(pod.status().getNetwork().getAdditionalIpsList())
                .noneMatch(additional -> additional.getIp().equals(ip));
    }

    @Claim(answers = {"PodSandboxNetworkStatus.ip"})
    void podsHaveDifferentAddressesAndReachEachOther(Bench bench) {
        var server = bench.pod();
        server.start(Scripts.WEB_SERVER);
        var client = bench.pod();
        assertThat(ip(client)).isNotEqualTo(ip(server));
        var container = client.start();
        Await.until(
                "the other pod answers",
                SOON,
                () -> container
                        .exec("wget", "-q", "-O", "-", "http://" + ip(server) + "/")
                        .out()
                        .equals("served\n"));
    }

    @Claim(answers = {"NamespaceOption.network"})
    void loopbackIsUpInAPod(Bench bench) {
        assertThat(bench.pod().start().sh("ip -o addr show lo")).contains("127.0.0.1/8");
        assertThat(bench.pod().start().sh("ip -o link show lo")).contains("UP");
    }

    @Claim(
            answers = {
                "Networking: DNS config",
                "PodSandboxConfig.dns_config",
                "DNSConfig.servers",
                "DNSConfig.searches",
                "DNSConfig.options"
            })
    void dnsConfigIsTheResolvConf(Bench bench) {
        var pod = bench.pod(config -> config.getDnsConfigBuilder()
                .addServers("10.10.10.10")
                .addServers("10.10.10.11")
                .addSearches("one.example.com")
                .addSearches("two.example.com")
                .addOptions("ndots:5"));
        assertThat(pod.start().sh("cat /etc/resolv.conf").lines())
                .contains(
                        "nameserver 10.10.10.10",
                        "nameserver 10.10.10.11",
                        "search one.example.com two.example.com",
                        "options ndots:5");
    }

    @Claim(answers = {"PodSandboxConfig.dns_config"})
    void withoutDnsConfigAPodStillHasAResolvConf(Bench bench) {
        assertThat(bench.pod().start().exec("test", "-e", "/etc/resolv.conf").code())
                .isZero();
    }

    @Claim(answers = {"Networking: hostname", "PodSandboxConfig.hostname"})
    void hostnameIsThatOfThePod(Bench bench) {
        var container =
                bench.pod(config -> config.setHostname("conformance-host")).start();
        assertThat(container.sh("hostname")).isEqualTo("conformance-host");
        assertThat(container.sh("cat /etc/hostname")).isEqualTo("conformance-host");
    }

    @Claim(
            answers = {"Networking: container port only", "PortMapping.container_port", "PodSandboxConfig.port_mappings"
            })
    void containerPortIsReachableAtThePodsAddress(Bench bench) {
        var pod = bench.pod(
                config -> config.addPortMappings(PortMapping.newBuilder().setContainerPort(80)));
        pod.start(Scripts.WEB_SERVER);
        Await.until("the pod answers", SOON, () -> HostClient.get(ip(pod), 80).contains("served"));
    }

    @Claim(
            answers = {
                "Networking: host port and container port",
                "PodSandboxConfig.port_mappings",
                "PortMapping.host_port",
                "PortMapping.protocol"
            })
    void hostPortLeadsToTheContainerPort(Bench bench) {
        int port = HostClient.freePort();
        var pod = bench.pod(mapping(port, map -> map.setContainerPort(80)));
        pod.start(Scripts.WEB_SERVER);
        Await.until(
                "the host port answers",
                SOON,
                () -> HostClient.get("127.0.0.1", port).contains("served"));
    }

    @Claim(
            answers = {"PortMapping.host_ip"},
            quote = "Host IP.")
    void hostPortOfOneAddressIsNotThatOfAnother(Bench bench) {
        int port = HostClient.freePort();
        var pod = bench.pod(mapping(port, map -> map.setContainerPort(80).setHostIp("127.0.0.3")));
        pod.start(Scripts.WEB_SERVER);
        Await.until(
                "the host port answers",
                SOON,
                () -> HostClient.get("127.0.0.3", port).contains("served"));
        assertThat(HostClient.get("127.0.0.4", port)).isEmpty();
    }

    @Claim(
            answers = {"PortMapping.host_port"},
            quote = "The value 0 has explicit semantic meaning: it indicates NO host port should be allocated. [...]"
                    + " Implementations MUST handle the case where this field is explicitly set to 0")
    void hostPortZeroIsNoHostPort(Bench bench) {
        var pod = bench.pod(mapping(0, map -> map.setContainerPort(80)));
        pod.start(Scripts.WEB_SERVER);
        Await.until("the pod answers", SOON, () -> HostClient.get(ip(pod), 80).contains("served"));
    }

    @Claim(
            answers = {"StopPodSandbox", "PortMapping.host_port"},
            quote =
                    "StopPodSandbox stops any running process that is part of the sandbox and reclaims network resources"
                            + " (e.g., IP addresses) allocated to the sandbox.")
    void stoppedPodGivesItsHostPortBack(Bench bench) {
        int port = HostClient.freePort();
        var first = bench.pod(mapping(port, map -> map.setContainerPort(80)));
        first.start(Scripts.WEB_SERVER);
        Await.until(
                "the host port answers",
                SOON,
                () -> HostClient.get("127.0.0.1", port).contains("served"));
        first.stop();
        assertThat(HostClient.get("127.0.0.1", port)).isEmpty();
        var second = bench.pod(mapping(port, map -> map.setContainerPort(8080)));
        second.start(Scripts.web(8080));
        Await.until(
                "the next pod answers there",
                SOON,
                () -> HostClient.get("127.0.0.1", port).contains("served"));
    }

    @Claim(answers = {"PortMapping.protocol"})
    void udpPortIsMappedAsUdp(Bench bench) {
        int port = HostClient.freePort();
        var pod = bench.pod(mapping(port, map -> map.setProtocol(Protocol.UDP).setContainerPort(5353)));
        var container = pod.start();
        // Nobody listens in the pod; its kernel counts what arrives all the same.
        var arrived = "awk '/^Udp:/ && !head { head = 1; next } /^Udp:/ { print $3 }' /proc/net/snmp";
        assertThat(container.sh(arrived)).isEqualTo("0");
        Await.until("a datagram comes through", SOON, () -> {
            HostClient.datagram("127.0.0.1", port);
            return Integer.parseInt(container.sh(arrived)) > 0;
        });
    }

    @Claim(answers = {"Multiple Containers: network"})
    void containersOfAPodReachEachOtherByLoopback(Bench bench) {
        var pod = bench.pod();
        pod.start(Scripts.WEB_SERVER);
        var other = pod.start();
        Await.until(
                "its neighbour answers",
                SOON,
                () -> other.exec("wget", "-q", "-O", "-", "http://127.0.0.1/")
                        .out()
                        .equals("served\n"));
    }

    @Claim(
            answers = {"PodSandboxStatus.network"},
            quote = "Currently ignored for pods sharing the host networking namespace.")
    void podOnTheHostsNetworkRunsWithPortsDeclared(Bench bench) {
        var pod = bench.pod(config -> {
            config.getLinuxBuilder()
                    .getSecurityContextBuilder()
                    .getNamespaceOptionsBuilder()
                    .setNetwork(NamespaceMode.NODE);
            config.clearHostname().addPortMappings(PortMapping.newBuilder().setContainerPort(80));
        });
        var options = pod.config().getLinux().getSecurityContext().getNamespaceOptions();
        assertThat(pod.start(config -> config.getLinuxBuilder()
                                .getSecurityContextBuilder()
                                .setNamespaceOptions(options))
                        .exec("true")
                        .code())
                .isZero();
    }

    private static String ip(TestPod pod) {
        return pod.status().getNetwork().getIp();
    }

    private static Consumer<PodSandboxConfig.Builder> mapping(int hostPort, Consumer<PortMapping.Builder> change) {
        var mapping = PortMapping.newBuilder().setHostPort(hostPort);
        change.accept(mapping);
        return config -> config.addPortMappings(mapping);
    }
}
