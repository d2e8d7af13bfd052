package io.carafe.assembly.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler can be added from outside: its JAR is built against the distribution's contracts alone and dropped in. */
class VendorHandlerIT {
    @TempDir
    Path directory;

    @Test
    void handlerOfADroppedInJarRunsAPod() throws Exception {
        Path jar = build(Path.of("src/it/toy-handler").toAbsolutePath());

        try (PrivateNode node = PrivateNode.start("[handlers.toy]\nprovider = \"toy\"", List.of(jar))) {
            var client = new NodeClient(node);
            client.pull();
            PodSandboxConfig config = client.pod(NamespaceMode.CONTAINER);

            String pod = client.run(config, "toy");
            String container = client.create(pod, config, "hello", "echo hello from a toy; exec sleep 1000");
            client.start(container);

            assertThat(client.podStatus(pod).getRuntimeHandler()).isEqualTo("toy");
            assertThat(node.cri()
                            .runtime()
                            .execSync(ExecSyncRequest.newBuilder()
                                    .setContainerId(container)
                                    .addAllCmd(List.of("sh", "-c", "echo from inside"))
                                    .build())
                            .getStdout()
                            .toStringUtf8())
                    .isEqualTo("from inside\n");
            assertThat(client.words(config, "hello")).containsExactly("hello from a toy");
            client.remove(pod);
        }
    }

    /** As the toy's README tells its reader to. */
    private Path build(Path project) throws IOException {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(List.of("--release", "25", "-cp", contracts(), "-d", classes.toString()));
        try (Stream<Path> sources = Files.walk(project.resolve("src/main/java"))) {
            sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        Path jar = directory.resolve("toy-handler.jar");
        assertThat(java.util.spi.ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(
                                System.out,
                                System.err,
                                "--create",
                                "--file",
                                jar.toString(),
                                "-C",
                                classes.toString(),
                                ".",
                                "-C",
                                project.resolve("src/main/resources").toString(),
                                "."))
                .isZero();
        return jar;
    }

    private static String contracts() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/carafe/lib"))) {
            return String.join(
                    ":",
                    jars.map(Path::toString)
                            .filter(jar -> jar.contains("io.carafe.domain-") || jar.contains("io.carafe.ports-"))
                            .toList());
        }
    }
}
