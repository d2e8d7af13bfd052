package io.carafe.assembly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.assembly.vendor.VendorBuild;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory of all the JARs that can be wrong, and one that is right. */
class BadJarsIT {
    @TempDir
    Path directory;

    @Test
    void eachIsListedWithItsReasonAndTheOthersWork() throws Exception {
        var lasting = LastingJar.in(directory);
        Path good = lasting.build(directory.resolve("good.jar"), "good", "good 1");
        Path one = lasting.build(directory.resolve("one.jar"), "twin", "1");
        Path two = lasting.build(directory.resolve("two.jar"), "twin", "2");
        Path missing = lasting.build(directory.resolve("missing.jar"), "missing", "1");
        Path broken = Files.writeString(directory.resolve("broken.jar"), "no JAR");
        var newer = VendorBuild.in(directory)
                .against(Map.of("Brand.java", "package io.carafe.ports.spi; public class Brand {}"));
        Path other = newer.handler(
                directory.resolve("other.jar"),
                "vendor.Failing",
                Map.of("Failing.java", failing("System.out.println(new io.carafe.ports.spi.Brand());")));
        Path throwing = VendorBuild.in(directory)
                .handler(
                        directory.resolve("throwing.jar"),
                        "vendor.Failing",
                        Map.of("Failing.java", failing("if (true) throw new IllegalStateException(\"not today\");")));
        Path unmade = VendorBuild.in(directory)
                .handler(directory.resolve("unmade.jar"), "vendor.Failing", Map.of("Failing.java", failing("")));
        try (PrivateNode node =
                PrivateNode.start("""
                [handlers.good]
                provider = "good"
                [handlers.twin]
                provider = "twin"
                [handlers.missing]
                provider = "missing"
                program = "/nowhere/program"
                [handlers.unmade]
                provider = "failing"
                """, List.of(good, one, two, missing, broken, other, throwing, unmade))) {
            var client = new NodeClient(node);
            client.pull();

            String handlers = client.info("handlers");
            assertThat(handlers)
                    .contains(jar(node, "broken.jar") + ",\"available\":false,\"reason\":\"is not a readable JAR")
                    .contains(
                            jar(node, "one.jar"), jar(node, "two.jar"), "runtime handler provider 'twin' is there more")
                    .contains(jar(node, "other.jar")
                            + ",\"available\":false,\"reason\":\"built against another version of"
                            + " the ports: io.carafe.ports.spi.Brand is not there for adapters")
                    .containsPattern("throwing.jar\",\"available\":false,\"reason\":\"[^}]*not today")
                    .contains("/nowhere/program is missing; install it")
                    .contains("'unmade' cannot be made: its provider 'failing' failed")
                    .doesNotContain(jar(node, "good.jar"));
            for (String handler : List.of("twin", "missing", "unmade")) {
                assertThatThrownBy(() -> client.run(client.pod(NamespaceMode.CONTAINER), handler))
                        .as(handler)
                        .hasMessageContaining("UNAVAILABLE");
            }
            for (String handler : List.of("good", "runc")) {
                PodSandboxConfig config = client.pod(NamespaceMode.CONTAINER);
                String pod = client.run(config, handler);
                String container = client.create(pod, config, "main", "exec sleep 1000");
                client.start(container);
                assertThat(client.exec(container, "echo", "it works")).isNotEmpty();
                client.remove(pod);
            }
        }
    }

    private static String jar(PrivateNode node, String name) {
        return "\"jar\":\"" + node.adapters().resolve(name) + "\"";
    }

    /** One that cannot make its handler; {@code body} stands in its constructor. */
    private static String failing(String body) {
        return """
                package vendor;
                import io.carafe.ports.runtime.*;
                import io.carafe.ports.spi.*;
                public final class Failing implements RuntimeHandlerProvider {
                    public Failing() { %s }
                    public String name() { return "failing"; }
                    public java.util.Set<String> optionNames() { return java.util.Set.of(); }
                    public Availability availability(Options options) { return new Availability.Available("1"); }
                    public RuntimeHandler create(HandlerContext context) { throw new IllegalStateException("a bug"); }
                }
                """.formatted(body);
    }
}
