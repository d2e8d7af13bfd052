package io.carafe.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import org.junit.jupiter.api.Test;

class CniResultTest {
    private static CniResult parse(String json) {
        return CniResult.parse(json.getBytes(UTF_8), CniVersion.parse("1.0.0"));
    }

    @Test
    void version020HasOneAddressAFamily() {
        assertThat(parse("""
                        {"cniVersion": "0.2.0", "ip4": {"ip": "10.1.2.3/24", "gateway": "10.1.2.1"},
                         "ip6": {"ip": "fd00::3/64"}, "dns": {}}
                        """).ips("eth0")).containsExactly("10.1.2.3", "fd00::3");
    }

    @Test
    void version031NamesTheFamilyAndTheInterface() {
        assertThat(parse("""
                        {"cniVersion": "0.3.1",
                         "interfaces": [{"name": "cni0"}, {"name": "veth1"}, {"name": "eth0", "sandbox": "/run/netns/x"}],
                         "ips": [{"version": "4", "interface": 2, "address": "10.1.2.3/24", "gateway": "10.1.2.1"}]}
                        """).ips("eth0")).containsExactly("10.1.2.3");
    }

    @Test
    void version110KeepsThePluginsOrder() {
        assertThat(parse("""
                        {"cniVersion": "1.1.0",
                         "interfaces": [{"name": "eth0", "mac": "00:11:22:33:44:55", "mtu": 1500, "sandbox": "/n"}],
                         "ips": [{"address": "fd00::3/64", "interface": 0}, {"address": "10.1.2.3/24", "interface": 0}],
                         "routes": [{"dst": "0.0.0.0/0", "table": 7}]}
                        """).ips("eth0")).containsExactly("fd00::3", "10.1.2.3");
    }

    @Test
    void addressOfTheHostOrOfAnotherInterfaceIsNotThePods() {
        assertThat(parse("""
                        {"interfaces": [{"name": "cni0"}, {"name": "eth1", "sandbox": "/n"}, {"name": "eth0", "sandbox": "/n"}],
                         "ips": [{"address": "10.1.2.1/24", "interface": 0}, {"address": "10.9.9.9/24", "interface": 1},
                                 {"address": "10.1.2.3/24", "interface": 2}]}
                        """).ips("eth0")).containsExactly("10.1.2.3");
    }

    @Test
    void addressWithoutAnInterfaceIsThePods() {
        assertThat(parse("{\"ips\": [{\"address\": \"10.1.2.3/24\"}]}").ips("eth0"))
                .containsExactly("10.1.2.3");
    }

    @Test
    void addressOfAnInterfaceWithAnotherNameIsBetterThanNone() {
        assertThat(parse("""
                        {"interfaces": [{"name": "net0", "sandbox": "/n"}], "ips": [{"address": "10.1.2.3/24", "interface": 0}]}
                        """).ips("eth0")).containsExactly("10.1.2.3");
    }

    @Test
    void resultWithoutAVersionGetsTheOneThatWasSpoken() {
        assertThat(parse("{\"ips\": []}").raw().path("cniVersion").asText()).isEqualTo("1.0.0");
    }

    @Test
    void whatIsNoAddressIsRefused() {
        assertThatThrownBy(() ->
                        parse("{\"ips\": [{\"address\": \"gateway/24\"}]}").ips("eth0"))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("'gateway/24'");
    }
}
