package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.conformance.bench.TestPod;
import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.KeyValue;
import java.util.List;
import java.util.function.Consumer;

/** What runs in a container: its words, environment, folder and streams, from the image and from the config. */
@Conformance
final class ContainerProcessConformance {
    @Claim(answers = {"ContainerConfig.command", "ContainerConfig.args", "ContainerConfig.image"})
    void withoutCommandAndArgsTheImagesEntrypointAndCmdRun(Bench bench) {
        assertThat(words(bench, _ -> {}).out()).isEqualTo("entry from image\n");
    }

    @Claim(
            answers = {"ContainerConfig.args"},
            quote = "Args for the Command (i.e., command for docker)")
    void argsTakeThePlaceOfCmdOnly(Bench bench) {
        assertThat(words(bench, config -> config.addArgs("from").addArgs("args"))
                        .out())
                .isEqualTo("entry from args\n");
    }

    @Claim(
            answers = {"ContainerConfig.command"},
            quote = "Command to execute (i.e., entrypoint for docker)")
    void commandTakesThePlaceOfEntrypointAndCmd(Bench bench) {
        assertThat(words(bench, config -> config.addCommand("/bin/echo").addCommand("command"))
                        .out())
                .isEqualTo("command\n");
    }

    @Claim(answers = {"ContainerConfig.command", "ContainerConfig.args"})
    void commandAndArgsRunTogether(Bench bench) {
        assertThat(words(
                                bench,
                                config -> config.addCommand("/bin/echo")
                                        .addArgs("a  b")
                                        .addArgs("")
                                        .addArgs("c"))
                        .out())
                .isEqualTo("a  b  c\n");
    }

    @Claim(answers = {"ContainerConfig.envs", "KeyValue.key", "KeyValue.value"})
    void environmentIsTheImagesUnderTheConfigs(Bench bench) {
        var out = words(bench, config -> {
                    Scripts.command("env").accept(config);
                    config.addEnvs(env("OVERRIDDEN", "config"))
                            .addEnvs(env("ADDED", "a=b c\u00e4"))
                            .addEnvs(env("EMPTY", ""));
                })
                .out()
                .lines()
                .toList();
        assertThat(out)
                .contains("FROM_IMAGE=yes", "OVERRIDDEN=config", "ADDED=a=b c\u00e4", "EMPTY=")
                .doesNotContain("OVERRIDDEN=image")
                .anyMatch(line -> line.startsWith("PATH="));
    }

    @Claim(answers = {"ContainerConfig.working_dir"})
    void workingDirIsTheImagesUnlessTheConfigHasOne(Bench bench) {
        assertThat(words(bench, Scripts.command("pwd")).out()).isEqualTo("/work/deep\n");
        assertThat(words(bench, config -> {
                            Scripts.command("pwd").accept(config);
                            config.setWorkingDir("/tmp");
                        })
                        .out())
                .isEqualTo("/tmp\n");
    }

    @Claim(answers = {"ContainerConfig.working_dir"})
    void withoutAnyWorkingDirItIsTheRoot(Bench bench) {
        assertThat(bench.pod().script("pwd").out()).isEqualTo("/\n");
    }

    @Claim(answers = {"ContainerConfig.stdin"})
    void withoutStdinReadingItEndsAtOnce(Bench bench) {
        assertThat(bench.pod().script("cat; echo ended").out()).isEqualTo("ended\n");
    }

    @Claim(answers = {"ContainerConfig.stdin", "ContainerConfig.stdin_once"})
    void withStdinTheProcessWaitsForIt(Bench bench) {
        var container = bench.pod().start(config -> {
            Scripts.command("sh", "-c", "trap 'exit 0' TERM; cat; echo ended").accept(config);
            config.setStdin(true).setStdinOnce(true);
        });
        assertThat(container.exec("true").code()).isZero();
        assertThat(container.out()).isEmpty();
    }

    @Claim(answers = {"ContainerConfig.tty"})
    void ttyIsATerminalAndItsOutputIsStdout(Bench bench) {
        var script = "test -t 0 && test -t 1 && test -t 2 && echo terminal >&2";
        var container = bench.pod().script(script, config -> config.setTty(true).setStdin(true));
        assertThat(container.status().getExitCode()).isZero();
        assertThat(container.log()).allMatch(line -> line.stream().equals("stdout"));
        assertThat(container.out()).contains("terminal");
    }

    @Claim(answers = {"ContainerConfig.tty"})
    void withoutTtyThereIsNoTerminal(Bench bench) {
        assertThat(bench.pod().script("test -t 0 || test -t 1 || echo none").out())
                .isEqualTo("none\n");
    }

    @Claim(answers = {"Multiple Containers: exec", "CreateContainerRequest.pod_sandbox_id"})
    void containersOfAPodHaveRootFilesystemsOfTheirOwn(Bench bench) {
        var pod = bench.pod();
        var one = pod.start();
        var two = pod.start();
        one.sh("echo one > /mine");
        two.sh("echo two > /mine");
        assertThat(one.sh("cat /mine")).isEqualTo("one");
        assertThat(two.sh("cat /mine")).isEqualTo("two");
        assertThat(pod.start().exec("cat", "/mine").code())
                .as("what a container writes is not in the image")
                .isNotZero();
    }

    private static TestContainer words(Bench bench, Consumer<ContainerConfig.Builder> change) {
        var pod = bench.pod();
        var container = ofWords(bench, pod, change);
        container.start();
        var _ = container.awaitExit();
        return container;
    }

    private static TestContainer ofWords(Bench bench, TestPod pod, Consumer<ContainerConfig.Builder> change) {
        var image = bench.pulled(bench.images().named("words"));
        return pod.create(config -> {
            config.clearCommand().setImage(Requests.image(image));
            change.accept(config);
        });
    }

    private static KeyValue env(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    @Claim(answers = {"ContainerConfig.command"})
    void manyAndLongWordsArriveUnbroken(Bench bench) {
        var longWord = "x".repeat(100_000);
        var container = bench.pod()
                .create(config -> config.clearCommand()
                        .addAllCommand(
                                List.of("sh", "-c", "echo $# ${#1} \"$2\"", "sh", longWord, "  quo'te\" $HOME\t")));
        container.start();
        var _ = container.awaitExit();
        assertThat(container.out()).isEqualTo("2 100000   quo'te\" $HOME\t\n");
    }
}
