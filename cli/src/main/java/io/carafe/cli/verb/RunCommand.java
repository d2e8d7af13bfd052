package io.carafe.cli.verb;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.text.LogFile;
import io.carafe.cri.v1.CreateContainerRequest;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.ImageStatusRequest;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PullImageRequest;
import io.carafe.cri.v1.RunPodSandboxRequest;
import io.carafe.cri.v1.StartContainerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe run}: a pod with one container; follows its log and answers its exit code, or leaves it running. */
public final class RunCommand implements Verb {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "run";
    }

    @Override
    public boolean runsCommand() {
        return true;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Runs a pod with one container.",
                        "Pulls the image if need be and prints what the container says until it exits. Ctrl-C stops it. The"
                                + " container has no stdin and no terminal.",
                        "Exit code: the container's, or 125 if it could not be run; with -d 0 once it has started.");
        spec.addOption(Options.text("NAME", "Of the pod and its container; default: from the image.", "--name"))
                .addOption(Options.flag("Leave it running and print the container's id.", "-d", "--detach"))
                .addOption(Options.flag("Remove the pod and its log when the container has exited.", "--rm"))
                .addOption(Options.texts(
                        "K=V", "A variable; may be given often. K alone: with the value it has here.", "--env", "-e"))
                .addOption(Options.text("HANDLER", "The runtime handler; default: the runtime's.", "--handler"))
                .addOption(Options.text(
                        "DIR",
                        "Where the pod's log folder is made; default: " + RunLogs.DEFAULT_ROOT + ".",
                        "--log-dir"))
                .addPositional(Options.operand("IMAGE", "Its name, with a tag or a digest."))
                .addPositional(Options.command("0..*", "Words in place of the image's CMD."));
    }

    /** What has been made; an error or a signal takes it back. */
    private record Made(Session session, String podId, Path logs) {
        void remove() throws IOException {
            RmCommand.remove(session, podId);
            RunLogs.remove(logs);
        }
    }

    @Override
    public int run(ParseResult parsed, Session session) throws IOException, InterruptedException {
        var image = Options.first(parsed);
        if (image.isEmpty()) {
            throw new CommandFault(ExitCode.USAGE, "run wants an image; see 'carafe run --help'");
        }
        var uid = UUID.randomUUID().toString();
        var name = RunConfigs.checked(Options.text(parsed, "--name", RunConfigs.name(image, uid.substring(0, 6))));
        refuseSecond(session, name);
        var imageId = image(session, image);
        var words = Options.commandWords(parsed);
        var container = RunConfigs.container(name, image, imageId, Options.texts(parsed, "--env"), words);

        var logs = RunLogs.create(
                Path.of(Options.text(parsed, "--log-dir", RunLogs.DEFAULT_ROOT)).toAbsolutePath(), name, uid);
        var pod = RunConfigs.pod(name, uid, logs);
        String podId;
        try {
            podId = sandbox(session, pod, Options.text(parsed, "--handler", ""));
        } catch (RuntimeException e) {
            RunLogs.remove(logs);
            throw e;
        }
        var made = new Made(session, podId, logs);
        String id;
        try {
            id = session.client()
                    .runtime(PATIENCE)
                    .createContainer(CreateContainerRequest.newBuilder()
                            .setPodSandboxId(podId)
                            // as a kubelet does it; crictl finds the pod's name there
                            .setConfig(container.toBuilder().putAllLabels(pod.getLabelsMap()))
                            .setSandboxConfig(pod)
                            .build())
                    .getContainerId();
            var _ = session.client()
                    .runtime(PATIENCE)
                    .startContainer(StartContainerRequest.newBuilder()
                            .setContainerId(id)
                            .build());
        } catch (RuntimeException e) {
            try {
                made.remove();
            } catch (IOException | RuntimeException alsoFailed) {
                session.console().err().println("carafe: take back pod " + podId + ": " + alsoFailed);
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
        if (Options.isSet(parsed, "-d")) {
            session.console().out().println(id);
            return 0;
        }
        return attend(made, id, Options.isSet(parsed, "--rm"));
    }

    /** Every other verb finds a pod by its name. */
    private static void refuseSecond(Session session, String name) {
        session.client().runtime().listPodSandbox(ListPodSandboxRequest.getDefaultInstance()).getItemsList().stream()
                .filter(pod -> pod.getMetadata().getName().equals(name))
                .findFirst()
                .ifPresent(pod -> {
                    throw new CommandFault(
                            ExitCode.NOT_RUN,
                            "there is a pod '" + name + "' already, " + pod.getId()
                                    + ": give another --name, or remove it: carafe rm -f " + name);
                });
    }

    /** Follows the container to its end; a signal to this process is its end, too. */
    private static int attend(Made made, String id, boolean remove) throws IOException, InterruptedException {
        var session = made.session();
        var stop = Thread.ofPlatform().name("carafe-run-stop").unstarted(() -> {
            try {
                end(made, remove);
            } catch (IOException | RuntimeException e) {
                session.console().err().println("carafe: stop pod " + made.podId() + ": " + e.getMessage());
            }
        });
        Runtime.getRuntime().addShutdownHook(stop);
        new LogFile(made.logs().resolve(RunConfigs.LOG_PATH), session.console(), false)
                .follow(Integer.MAX_VALUE, new ContainerEnd(session, id));
        int code = LogsCommand.status(session, id).getExitCode();
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException shuttingDown) {
            // A signal came first; its thread needs the connection until it is done.
            stop.join();
            return code;
        }
        end(made, remove);
        return code;
    }

    private static void end(Made made, boolean remove) throws IOException {
        StopCommand.pod(made.session(), made.podId(), GRACE);
        if (remove) {
            made.remove();
        }
    }

    private static String sandbox(Session session, PodSandboxConfig pod, String handler) {
        return session.client()
                .runtime(PATIENCE)
                .runPodSandbox(RunPodSandboxRequest.newBuilder()
                        .setConfig(pod)
                        .setRuntimeHandler(handler)
                        .build())
                .getPodSandboxId();
    }

    private static String image(Session session, String image) throws InterruptedException {
        var spec = ImageSpec.newBuilder().setImage(image).build();
        var status = session.client()
                .images()
                .imageStatus(ImageStatusRequest.newBuilder().setImage(spec).build());
        return status.hasImage()
                ? status.getImage().getId()
                : PullCommand.pull(
                        session, PullImageRequest.newBuilder().setImage(spec).build(), false);
    }
}
