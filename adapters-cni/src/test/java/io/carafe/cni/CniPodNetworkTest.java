package io.carafe.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of things and every failure, over plugins that write down how they were called. */
class CniPodNetworkTest {
    private static final String FAILING = "echo '{\"code\": 7, \"msg\": \"broken pipe dream\"}'; exit 1";

    @TempDir
    Path directory;

    private FakePlugins plugins;

    @BeforeEach
    void install() {
        plugins = new FakePlugins(directory)
                .plugin("first", FakePlugins.GOOD)
                .plugin("second", FakePlugins.GOOD)
                .network("1.0.0", "first", "second");
    }

    /** ADD succeeds, {@code verb} does {@code body}. */
    private static String goodBut(String verb, String body) {
        return "[ $CNI_COMMAND = " + verb + " ] && { " + body + "; }\n" + FakePlugins.GOOD;
    }

    @Test
    void addGoesForwardWithTheResultBeforeAndDelBackwardWithTheLast() throws InterruptedException {
        var network = plugins.open();

        var status = network.attach(Pods.plain(Pods.POD));

        assertThat(status.ips()).containsExactly("10.1.2.3");
        assertThat(status.rawResult()).contains("10.1.2.3/24");
        assertThat(plugins.order()).containsExactly("ADD first", "ADD second");
        assertThat(plugins.input("first", CniVerb.ADD).has("prevResult")).isFalse();
        assertThat(plugins.input("second", CniVerb.ADD).path("prevResult").has("ips"))
                .isTrue();

        network.detach(Pods.plain(Pods.POD));

        assertThat(plugins.order()).containsExactly("DEL second", "DEL first");
        assertThat(plugins.input("first", CniVerb.DEL).path("prevResult").has("ips"))
                .isTrue();
        assertThat(plugins.environment("first", CniVerb.DEL)).containsEntry("CNI_NETNS", "/proc/self/ns/net");
        assertThat(plugins.attachments()).isEmpty();
    }

    @Test
    void intentIsOnDiskBeforeTheFirstPluginRuns() throws InterruptedException {
        plugins.plugin("first", "ls " + directory + "/state/attachments > " + directory + "/seen\n" + FakePlugins.GOOD);

        plugins.open().attach(Pods.plain(Pods.POD));

        assertThat(directory.resolve("seen")).content().contains(Pods.POD + "-eth0");
    }

    @Test
    void failedAddIsTakenBackByAllPluginsInReverse() {
        plugins.plugin("second", goodBut("ADD", FAILING));
        var network = plugins.open();

        assertThatThrownBy(() -> network.attach(Pods.plain(Pods.POD)))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContainingAll("CNI plugin second", "ADD", Pods.POD.value(), "broken pipe dream", "code 7");
        assertThat(plugins.order()).containsExactly("ADD first", "ADD second", "DEL second", "DEL first");
        assertThat(plugins.attachments()).isEmpty();
    }

    @Test
    void addThatCannotBeTakenBackSaysSoAndDetachOwesTheRest() throws InterruptedException {
        plugins.plugin("second", FAILING);
        var network = plugins.open();

        assertThatThrownBy(() -> network.attach(Pods.plain(Pods.POD)))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContainingAll("ADD", "giving back what was done failed too", "DEL");
        // the address of the first is given back although the second fails
        assertThat(plugins.order()).containsExactly("ADD first", "ADD second", "DEL second", "DEL first");
        assertThat(plugins.attachments()).hasSize(1);

        plugins.plugin("second", FakePlugins.GOOD);
        network.detach(Pods.gone(Pods.POD));

        assertThat(plugins.attachments()).isEmpty();
    }

    @Test
    void failedDelStopsThereAndIsOwedUntilItSucceeds() throws InterruptedException {
        plugins.plugin("second", goodBut("DEL", FAILING));
        var network = plugins.open();
        network.attach(Pods.plain(Pods.POD));
        plugins.order();

        assertThatThrownBy(() -> network.detach(Pods.gone(Pods.POD)))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContainingAll("CNI plugin second", "DEL");
        // an address must not be free for others while rules for it are left
        assertThat(plugins.order()).containsExactly("DEL second");
        assertThat(plugins.attachments()).hasSize(1);

        plugins.plugin("second", FakePlugins.GOOD);
        plugins.open().detach(Pods.gone(Pods.POD));

        assertThat(plugins.order()).containsExactly("DEL second", "DEL first");
        assertThat(plugins.attachments()).isEmpty();
    }

    @Test
    void detachUsesTheConfigurationAndArgumentsOfItsAttach() throws InterruptedException {
        plugins.configuration(
                "10-fake.conflist",
                "{\"cniVersion\": \"0.4.0\", \"name\": \"old\", \"plugins\": [{\"type\": \"first\", \"subnet\": \"10.1.2.0/24\","
                        + " \"capabilities\": {\"portMappings\": true}}]}");
        plugins.open().attach(Pods.withHostPort(Pods.POD));
        plugins.network("1.0.0", "second");
        plugins.order();

        plugins.open().detach(Pods.gone(Pods.POD));

        assertThat(plugins.order()).containsExactly("DEL first");
        var input = plugins.input("first", CniVerb.DEL);
        assertThat(input.path("name").asText()).isEqualTo("old");
        assertThat(input.path("cniVersion").asText()).isEqualTo("0.4.0");
        assertThat(input.path("subnet").asText()).isEqualTo("10.1.2.0/24");
        assertThat(input.path("runtimeConfig")
                        .path("portMappings")
                        .path(0)
                        .path("hostPort")
                        .asInt())
                .isEqualTo(5353);
        assertThat(plugins.environment("first", CniVerb.DEL).get("CNI_ARGS")).contains("K8S_POD_NAME=web-0");
    }

    @Test
    void mountPointWithoutItsNamespaceIsAGoneNamespace() throws IOException, InterruptedException {
        var network = plugins.open();
        network.attach(Pods.plain(Pods.POD));
        Path file = Files.createFile(directory.resolve("netns"));

        assertThat(NetworkNamespacePath.isAlive(file)).isFalse();
        assertThat(NetworkNamespacePath.isAlive(directory.resolve("absent"))).isFalse();
        assertThat(NetworkNamespacePath.isAlive(Pods.NAMESPACE)).isTrue();
        network.detach(Pods.gone(Pods.POD));
    }

    @Test
    void attachAfterAnAttachTakesTheFirstBackBefore() throws InterruptedException {
        plugins.open().attach(Pods.plain(Pods.POD));
        plugins.order();

        plugins.open().attach(Pods.plain(Pods.POD));

        assertThat(plugins.order()).containsExactly("DEL second", "DEL first", "ADD first", "ADD second");
        assertThat(plugins.attachments()).hasSize(1);
    }

    @Test
    void resultThatIsNoResultIsAFailureAndIsTakenBack() {
        for (String body : new String[] {"echo '{'", "echo '[]'", "true", "echo '{\"ips\": []}'"}) {
            plugins.plugin("second", goodBut("ADD", body + "; exit 0"));
            var network = plugins.open();

            assertThatThrownBy(() -> network.attach(Pods.plain(Pods.POD)))
                    .as(body)
                    .isInstanceOf(Fault.Unavailable.class)
                    .hasMessageContaining(Pods.POD.value());
            assertThat(plugins.attachments()).isEmpty();
        }
    }

    @Test
    void hangingAddIsTimedOutAndTakenBack() {
        plugins.plugin("second", goodBut("ADD", "sleep 300"));
        var network = plugins.open(Map.of("plugin_timeout", "1"));

        assertThatThrownBy(() -> network.attach(Pods.plain(Pods.POD)))
                .isInstanceOf(Fault.TimedOut.class)
                .hasMessageContaining("CNI plugin second");
        assertThat(plugins.order()).endsWith("DEL second", "DEL first");
        assertThat(plugins.attachments()).isEmpty();
    }

    @Test
    void hostPortThatNoPluginMapsIsRefusedUnlessTheNetworkDoesItByItself() throws InterruptedException {
        var network = plugins.open();

        assertThatThrownBy(() -> network.attach(Pods.withHostPort(Pods.POD)))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContainingAll("host port 5353", "portMappings", "require_port_mappings");
        assertThat(plugins.order()).isEmpty();

        assertThat(plugins.open(Map.of("require_port_mappings", "false"))
                        .attach(Pods.withHostPort(Pods.POD))
                        .ips())
                .isNotEmpty();
    }

    @Test
    void attachWithoutANamespaceIsRefused() {
        assertThatThrownBy(() -> plugins.open().attach(Pods.gone(Pods.POD)))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(Pods.POD.value());
    }

    @Test
    void everyNetworkOfMaxConfIsAnInterfaceAndTheFirstIsPrimary() throws InterruptedException {
        plugins.configuration("20-more.conf", "{\"cniVersion\": \"1.0.0\", \"name\": \"more\", \"type\": \"third\"}")
                .plugin("third", FakePlugins.GOOD.replace("eth0", "eth1").replace("10.1.2.3", "10.9.9.9"));
        var network = plugins.open(Map.of("max_conf", "2"));

        var status = network.attach(Pods.plain(Pods.POD));

        assertThat(status.ips()).containsExactly("10.1.2.3");
        assertThat(plugins.environment("third", CniVerb.ADD)).containsEntry("CNI_IFNAME", "eth1");
        plugins.order();
        network.detach(Pods.gone(Pods.POD));
        assertThat(plugins.order()).containsExactly("DEL third", "DEL second", "DEL first");
    }

    @Test
    void unreadableFileIsSetAsideAndThePresentNetworkIsAskedToRelease() throws InterruptedException {
        plugins.open().attach(Pods.plain(Pods.POD));
        FakePlugins.write(plugins.attachments().getFirst(), "half a rec");
        plugins.order();

        plugins.open().detach(Pods.gone(Pods.POD));

        assertThat(plugins.order()).containsExactly("DEL second", "DEL first");
        assertThat(plugins.environment("first", CniVerb.DEL)).containsEntry("CNI_CONTAINERID", Pods.POD.value());
        assertThat(plugins.attachments()).isEmpty();
        assertThat(directory.resolve("state/unreadable/" + Pods.POD + "-eth0")).hasContent("half a rec");
        assertThat(plugins.open().problems()).singleElement().asString().contains(Pods.POD + "-eth0");
    }

    @Test
    void garbageIsCollectedAsFarAsPossibleAndTheRestIsTold() throws InterruptedException {
        plugins.plugin("second", goodBut("DEL", "[ $CNI_CONTAINERID = " + Pods.POD + " ] && { " + FAILING + "; }"));
        var network = plugins.open();
        network.attach(Pods.plain(Pods.POD));
        network.attach(Pods.plain(Pods.OTHER));

        assertThatThrownBy(() -> network.collectGarbage(() -> Set.of()))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining(Pods.POD.value());
        assertThat(plugins.attachments()).hasSize(1);
    }

    @Test
    void pluginsOf110CollectGarbageThemselvesToo() throws InterruptedException {
        plugins.network("1.1.0", "first", "second");
        var network = plugins.open();
        network.attach(Pods.plain(Pods.POD));
        network.attach(Pods.plain(Pods.OTHER));
        plugins.order();

        network.collectGarbage(() -> Set.of(Pods.OTHER));

        assertThat(plugins.order()).containsExactly("DEL second", "DEL first", "GC first", "GC second");
        String valid = "[{\"containerID\":\"" + Pods.OTHER + "\",\"ifname\":\"eth0\"}]";
        assertThat(plugins.input("first", CniVerb.GC)
                        .path("cni.dev/valid-attachments")
                        .toString())
                .isEqualTo(valid);
        assertThat(plugins.input("first", CniVerb.GC)
                        .path("cni.dev/attachments")
                        .toString())
                .isEqualTo(valid);
        assertThat(plugins.environment("first", CniVerb.GC)).containsOnlyKeys("CNI_COMMAND", "CNI_PATH");
    }

    @Test
    void networkThatSeveralRuntimesShareCanForbidGc() throws InterruptedException {
        plugins.configuration(
                "10-fake.conflist",
                "{\"cniVersion\": \"1.1.0\", \"name\": \"shared\", \"disableGC\": true, \"plugins\": [{\"type\": \"first\"}]}");

        plugins.open().collectGarbage(() -> Set.of());

        assertThat(plugins.order()).isEmpty();
    }

    @Test
    void fullDiskIsExhausted() {
        assertThat(AttachmentStore.ofWrite("write x", new IOException("x: No space left on device")))
                .isInstanceOf(Fault.Exhausted.class)
                .hasMessageContaining("write x");
        assertThat(AttachmentStore.ofWrite("write x", new IOException("x: Read-only file system")))
                .isInstanceOf(Fault.Unavailable.class);
    }

    @Test
    void podCidrIsKept() {
        assertThat(plugins.open().podCidr()).isEmpty();
        plugins.open().podCidr("10.244.1.0/24");
        assertThat(plugins.open().podCidr()).contains("10.244.1.0/24");

        assertThat(directory.resolve("state/pod-cidr")).hasContent("10.244.1.0/24");
    }
}
