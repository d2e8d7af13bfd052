package io.carafe.assembly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.conformance.bench.Await;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP: what is new counts for new pods, and old ones keep what they were started with. */
class ReloadIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private record Pod(PodSandboxConfig config, String id, String container) {}

    @Test
    void podsKeepWhatTheyWereStartedWithAlsoOverADeathOfTheDaemon() throws Exception {
        var lasting = LastingJar.in(directory);
        Path gone = lasting.build(directory.resolve("gone.jar"), "gone", "gone 1");
        Path replaced = lasting.build(directory.resolve("replaced.jar"), "replaced", "replaced 1");
        Path next = lasting.build(directory.resolve("next.jar"), "replaced", "replaced 2");
        try (PrivateNode node = PrivateNode.start("""
                [handlers.changed]
                provider = "runc"
                [handlers.out]
                provider = "runc"
                [handlers.gone]
                provider = "gone"
                [handlers.replaced]
                provider = "replaced"
                """, List.of(gone, replaced))) {
            var client = new NodeClient(node);
            client.pull();
            List<Pod> pods = new ArrayList<>();
            for (String handler : List.of("changed", "out", "gone", "replaced")) {
                pods.add(pod(client, handler));
            }
            Path program = program(node);
            node.configure("""
                    [handlers.changed]
                    provider = "runc"
                    path = "%s"
                    [handlers.gone]
                    provider = "gone"
                    [handlers.replaced]
                    provider = "replaced"
                    [handlers.added]
                    provider = "runc"
                    """.formatted(program));
            Files.delete(node.adapters().resolve("gone.jar"));
            Files.write(node.adapters().resolve("replaced.jar"), Files.readAllBytes(next)); // in place, as cp does it

            node.reload();

            assertThat(node.daemonLog())
                    .contains("reloaded handlers added=added changed=changed,gone,replaced removed=out default=runc");
            assertThatThrownBy(() -> client.run(client.pod(NamespaceMode.CONTAINER), "out"))
                    .hasMessageContaining("'out' is not configured");
            assertThatThrownBy(() -> client.run(client.pod(NamespaceMode.CONTAINER), "gone"))
                    .hasMessageContaining("no runtime handler provider 'gone' is installed");
            assertKept(client, pods);
            assertThat(Files.exists(used(program)))
                    .as("old pods ran the new program")
                    .isFalse();
            Pod later = pod(client, "replaced");
            assertThat(client.exec(later.container(), "version")).isEqualTo("replaced 2");
            Pod added = pod(client, "added");
            Pod changed = pod(client, "changed");
            assertThat(client.exec(changed.container(), "echo", "new")).isEqualTo("new");
            assertThat(Files.exists(used(program)))
                    .as("new pods run the new program")
                    .isTrue();

            node.kill();
            node.startAgain();

            assertKept(client, pods);
            assertThat(client.exec(later.container(), "version")).isEqualTo("replaced 2");
            String second = client.create(pods.getFirst().id(), pods.getFirst().config(), "second", "exec sleep 1000");
            client.start(second);
            assertThat(client.exec(second, "echo", "second")).isEqualTo("second");
            assertThat(node.keptJars()).hasSize(3);
            for (Pod pod : pods) {
                client.remove(pod.id());
            }
            for (Pod pod : List.of(later, added, changed)) {
                client.remove(pod.id());
            }
            node.reload();
            Await.until("copies that nobody needs are deleted", SOON, node::keptJars, kept -> kept.size() == 1);
        }
    }

    private static void assertKept(NodeClient client, List<Pod> pods) {
        assertThat(client.exec(pods.get(0).container(), "echo", "changed")).isEqualTo("changed");
        assertThat(client.exec(pods.get(1).container(), "echo", "out")).isEqualTo("out");
        assertThat(client.exec(pods.get(2).container(), "version")).isEqualTo("gone 1");
        assertThat(client.exec(pods.get(3).container(), "version")).isEqualTo("replaced 1");
    }

    @Test
    void wrongConfigurationIsListedAndTheLastGoodOneStays() throws Exception {
        try (PrivateNode node = PrivateNode.start()) {
            var client = new NodeClient(node);
            client.pull();
            node.configure("[handlers.other]\nprovider = \"runc\"\n[streaming]\nprot = 1\nport = \"x\"");
            node.reload();
            assertThat(client.info("configuration")).contains("\"refused\"", "carafed.toml:", "prot", "port");
            assertThat(node.daemonLog()).contains("not reloaded, problems=2");
            node.configure("[handlers.other]\nprovider = \"runc\"\nno_pivot = \"perhaps\"");

            node.reload();

            assertThat(client.info("configuration"))
                    .containsPattern("carafed.toml:\\d+: 'handlers.other'[^\"]*no_pivot")
                    .doesNotContain("prot");
            assertThat(node.daemonLog()).containsPattern("error.*carafed.toml:\\d+: 'handlers.other'");
            assertThatThrownBy(() -> client.run(client.pod(NamespaceMode.CONTAINER), "other"))
                    .hasMessageContaining("'other' is not configured");
            client.remove(pod(client, "runc").id());

            node.configure("[handlers.other]\nprovider = \"runc\"\n[streaming]\nmax_in_flight = 7\nport = 1");
            node.reload();

            assertThat(client.info("configuration"))
                    .doesNotContain("refused")
                    .contains("\"streaming.max_in_flight\"", "\"streaming.port\"");
            assertThat(node.daemonLog())
                    .contains("not taken up, since only a restart does it: [streaming.max_in_flight");
            client.remove(pod(client, "other").id());
        }
    }

    @Test
    void hangUpsDuringTheStartEndNothingAndAreTakenUpAfterIt() throws Exception {
        try (PrivateNode node = PrivateNode.start()) {
            node.kill();
            Files.writeString(node.work().resolve("root/adapters/sha256-0.jar"), "of no pod any more");

            node.startAgainUnderHangUps();

            Await.until("a reload after the start", SOON, () -> reloads(node) > 0);
            Await.until("copies that nobody needs are deleted", SOON, node::keptJars, List::isEmpty);
        }
    }

    @Test
    void featuresAreThoseOfTheProgramThatHasCome() throws Exception {
        Path jar = LastingJar.in(directory).build(directory.resolve("late.jar"), "late", "late 1");
        Path program = Files.createFile(directory.resolve("program"));
        try (PrivateNode node = PrivateNode.start(
                "[handlers.late]\nprovider = \"late\"\nprogram = \"%s\"".formatted(program), List.of(jar))) {
            var client = new NodeClient(node);
            client.pull();
            Pod pod = pod(client, "late");
            node.kill();
            Files.delete(program);
            node.startAgain();
            assertThat(client.exec(pod.container(), "version")).isEqualTo("late 1");
            assertThat(client.info("handlers")).contains(program + " is missing; install it");

            Files.createFile(program);
            node.reload();

            assertThat(client.info("handlers"))
                    .containsPattern("\"late\",\"available\":true.*\"HOST_NETWORK\":\\{\"supported\":true");
            assertThat(client.exec(pod.container(), "version")).isEqualTo("late 1");
            client.remove(pod.id());
        }
    }

    private static long reloads(PrivateNode node) {
        try {
            return node.daemonLog()
                    .lines()
                    .filter(line -> line.contains("reloaded handlers"))
                    .count();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Pod pod(NodeClient client, String handler) {
        PodSandboxConfig config = client.pod(NamespaceMode.CONTAINER);
        String id = client.run(config, handler);
        String container = client.create(id, config, "main", "exec sleep 1000");
        client.start(container);
        return new Pod(config, id, container);
    }

    /** A runc that leaves a trace. */
    private static Path program(PrivateNode node) throws Exception {
        Path program = node.work().resolve("traced-runc");
        Files.writeString(
                program,
                "#!/bin/sh\ncase \"$*\" in *create*) : >%s ;; esac\nexec runc \"$@\"\n".formatted(used(program)));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private static Path used(Path program) {
        return program.resolveSibling("used");
    }
}
