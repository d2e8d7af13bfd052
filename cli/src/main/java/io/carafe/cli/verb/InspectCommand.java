package io.carafe.cli.verb;

import io.carafe.cli.endpoint.Named;
import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.text.JsonText;
import io.carafe.cri.v1.ContainerStatusRequest;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.ImageStatusRequest;
import io.carafe.cri.v1.PodSandboxStatusRequest;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe inspect}: all that the runtime tells of a container, a pod or an image, as JSON. */
public final class InspectCommand implements Verb {
    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Prints all that the runtime tells of a container, a pod or an image.",
                        "As JSON, with its verbose info.");
        spec.addOption(Options.jsonOnly())
                .addOption(Options.flag("Of the pod, where a container has the same name.", "-p", "--pod"))
                .addPositional(Options.operand(
                        "NAME", "Name, id or the beginning of an id; a container before a pod before an image."));
    }

    @Override
    public int run(ParseResult parsed, Session session) {
        var word = Options.first(parsed);
        var lookup = session.lookup();
        var named = Options.isSet(parsed, "-p")
                ? Optional.of(lookup.podOrContainer(word))
                : lookup.findContainerOrPod(word);
        session.console()
                .out()
                .println(named.map(each -> switch (each) {
                            case Named.Pod pod -> pod(session, pod.id());
                            case Named.OfContainer container -> container(session, container.id());
                        })
                        .orElseGet(() -> image(session, word)));
        return 0;
    }

    private static String pod(Session session, String id) {
        var response = session.client()
                .runtime()
                .podSandboxStatus(PodSandboxStatusRequest.newBuilder()
                        .setPodSandboxId(id)
                        .setVerbose(true)
                        .build());
        return JsonText.withInfo(response.getStatus(), response.getInfoMap());
    }

    private static String container(Session session, String id) {
        var response = session.client()
                .runtime()
                .containerStatus(ContainerStatusRequest.newBuilder()
                        .setContainerId(id)
                        .setVerbose(true)
                        .build());
        return JsonText.withInfo(response.getStatus(), response.getInfoMap());
    }

    private static String image(Session session, String word) {
        var id = RmiCommand.lookUp(session, word)
                .orElseThrow(() -> new CommandFault(
                        ExitCode.NOT_FOUND,
                        "no container, pod or image has the id or name '" + word
                                + "'; see 'carafe ps -a', 'carafe pods' and 'carafe images'"))
                .getId();
        var response = session.client()
                .images()
                .imageStatus(ImageStatusRequest.newBuilder()
                        .setImage(ImageSpec.newBuilder().setImage(id))
                        .setVerbose(true)
                        .build());
        return JsonText.withInfo(response.getImage(), response.getInfoMap());
    }
}
