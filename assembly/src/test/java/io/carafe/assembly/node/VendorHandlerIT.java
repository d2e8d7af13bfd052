package io.carafe.assembly.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code examples/README.md} tells its reader to do works: the handler is built by Maven against the repository of the
 * distribution, which is nowhere installed, certified by the distribution's program, and run by its daemon.
 */
class VendorHandlerIT {
    private static final int PATIENCE_MINUTES = 10;

    private final Path distribution = Path.of("target", "carafe").toAbsolutePath();

    @TempDir
    Path directory;

    private Path project;
    private Path jar;

    @BeforeEach
    void buildHandler() throws Exception {
        project = copy(Path.of("..", "examples", "unshare-handler"), directory.resolve("unshare-handler"));
        jar = project.resolve("target/unshare-handler.jar");
        // one kit by Maven; carafe-certify runs all of them
        run(
                "mvn",
                "--batch-mode",
                "--quiet",
                // of the installation, so that the user's mirrors, proxies and credentials stay in force
                "--global-settings",
                settings().toString(),
                "-Dmaven.repo.local=" + directory.resolve("m2"),
                "-Dcarafe.home=" + distribution,
                "-Dit.test=UnshareSandboxesTckIT",
                "verify");
    }

    @Test
    void handlerIsCertifiedAndRunsAPodThatOutlivesTheDaemon() throws Exception {
        String certificate = run(
                distribution.resolve("bin/carafe-certify").toString(),
                "--jar",
                jar.toString(),
                "--config",
                project.resolve("unshare.toml").toString(),
                "--report",
                directory.resolve("report").toString());
        assertThat(certificate)
                .contains("Daemon's death")
                .contains("  POD_PID: a container ends with its own PID namespace")
                .matches("(?s).*\\n[1-9]\\d+ passed, 0 failed, \\d+ skipped\\n");
        assertThat(directory.resolve("report/TEST-junit-jupiter.xml")).content().contains("exitCodeIsTold");

        try (PrivateNode node = PrivateNode.start(Files.readString(project.resolve("unshare.toml")), List.of(jar))) {
            runPod(node);
        }
    }

    private static void runPod(PrivateNode node) throws Exception {
        var client = new NodeClient(node);
        client.pull();
        PodSandboxConfig config = client.pod(NamespaceMode.CONTAINER);
        String pod = client.run(config, "unshare");
        String container = client.create(pod, config, "hello", "echo hello from a vendor; exec sleep 1000");
        client.start(container);
        assertThat(client.podStatus(pod).getRuntimeHandler()).isEqualTo("unshare");
        assertThat(exec(node, container, "echo from inside")).isEqualTo("from inside\n");
        assertThat(client.words(config, "hello")).containsExactly("hello from a vendor");

        node.kill();
        node.startAgain();

        assertThat(exec(node, container, "echo still there")).isEqualTo("still there\n");
        client.remove(pod);
    }

    private static String exec(PrivateNode node, String container, String shell) {
        return node.cri()
                .runtime()
                .execSync(ExecSyncRequest.newBuilder()
                        .setContainerId(container)
                        .addAllCmd(List.of("sh", "-c", shell))
                        .build())
                .getStdout()
                .toStringUtf8();
    }

    /** What this build has fetched need not be fetched again; the rest comes from Maven Central. */
    private Path settings() throws IOException {
        Path fetched = Path.of(Objects.requireNonNull(System.getProperty("carafe.test.localRepository")));
        return Files.writeString(directory.resolve("settings.xml"), """
                <settings>
                  <profiles><profile><id>fetched</id>
                    <repositories><repository><id>fetched</id><url>%1$s</url></repository></repositories>
                    <pluginRepositories><pluginRepository><id>fetched</id><url>%1$s</url></pluginRepository></pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>fetched</activeProfile></activeProfiles>
                </settings>
                """.formatted(fetched.toUri()));
    }

    private static Path copy(Path project, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(project.resolve("target")))
                    .toList()) {
                Path copied = to.resolve(project.relativize(file).toString());
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied);
            }
        }
        return to;
    }

    /** @return what it printed; it must succeed */
    private String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "run", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String printed = Files.readString(output);
        assertThat(ended)
                .as("%s ends within %d minutes; it printed: %s", String.join(" ", command), PATIENCE_MINUTES, printed)
                .isTrue();
        assertThat(process.exitValue())
                .as("%s printed: %s", String.join(" ", command), printed)
                .isZero();
        return printed;
    }
}
