package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs that were cut off leave in iptables, removed in a network namespace of this test alone. */
class NetworkRulesIT {
    private static final Path SCRIPT = Path.of("..", "scripts", "network-rules.sh");

    /** The rules of bridge and portmap for one pod of each of two networks, whose names begin alike. */
    private static final String LEFT = """
            set -eu
            . "$1"
            rules() { # NETWORK CHAIN
                nat -N "CNI-$2"
                nat -N "CNI-DN-$2"
                nat -A POSTROUTING -s 10.213.1.2/32 -m comment --comment "name: \\"$1\\" id: \\"x\\"" -j "CNI-$2"
                nat -A "CNI-$2" -d 10.213.1.0/24 -m comment --comment "name: \\"$1\\" id: \\"x\\"" -j ACCEPT
                nat -A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \\"$1\\" id: \\"x\\"" --dport 80 -j "CNI-DN-$2"
                nat -A "CNI-DN-$2" -s 10.213.1.0/24 -p tcp --dport 80 -j CNI-HOSTPORT-SETMARK
            }
            nat() { iptables -w -t nat "$@"; }
            nat -N CNI-HOSTPORT-DNAT
            nat -N CNI-HOSTPORT-SETMARK
            rules net-1 aaaa
            rules net-12 bbbb
            remove_network_rules net-1
            iptables-save -t nat
            """;

    @Test
    void onlyThoseOfTheNamedNetworkGo() throws Exception {
        Process process = new ProcessBuilder(List.of("unshare", "--net", "bash", "-c", LEFT, "bash", SCRIPT.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said)
                .doesNotContain("aaaa", "\"net-1\\\"")
                .contains(":CNI-bbbb ", ":CNI-DN-bbbb ", ":CNI-HOSTPORT-DNAT ", ":CNI-HOSTPORT-SETMARK ")
                .contains("-j CNI-bbbb", "-j CNI-DN-bbbb");
    }
}
