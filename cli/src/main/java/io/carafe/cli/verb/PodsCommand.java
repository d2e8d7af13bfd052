package io.carafe.cli.verb;

import io.carafe.cli.text.Quantities;
import io.carafe.cli.text.TextTable;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.PodSandbox;
import io.carafe.cri.v1.PodSandboxState;
import io.carafe.cri.v1.PodSandboxStatusRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Comparator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe pods}: the pod sandboxes, youngest first. */
public final class PodsCommand implements Verb {
    @Override
    public String name() {
        return "pods";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().description("Lists pods, the youngest first.");
        spec.addOption(Options.flag("Ids only.", "-q", "--quiet")).addOption(Options.output());
    }

    @Override
    public int run(ParseResult parsed, Session session) {
        var response = session.client().runtime().listPodSandbox(ListPodSandboxRequest.getDefaultInstance());
        var pods = response.getItemsList().stream()
                .sorted(Comparator.comparingLong(PodSandbox::getCreatedAt).reversed())
                .toList();
        if (Options.isSet(parsed, "-q")) {
            pods.forEach(pod -> session.console().out().println(pod.getId()));
            return 0;
        }
        var table = new TextTable("POD ID", "NAME", "NAMESPACE", "ATTEMPT", "STATE", "IP", "AGE", "HANDLER");
        for (var pod : pods) {
            var metadata = pod.getMetadata();
            table.row(
                    Quantities.shortId(pod.getId()),
                    metadata.getName(),
                    metadata.getNamespace(),
                    metadata.getAttempt(),
                    pod.getState() == PodSandboxState.SANDBOX_READY ? "Ready" : "NotReady",
                    address(session, pod),
                    Quantities.age(Quantities.instant(pod.getCreatedAt()), session.now()),
                    pod.getRuntimeHandler().isEmpty() ? "(default)" : pod.getRuntimeHandler());
        }
        session.show(parsed, table, response);
        return 0;
    }

    /** The list has no addresses; a pod may be gone since. */
    private static String address(Session session, PodSandbox pod) {
        try {
            var ip = session.client()
                    .runtime()
                    .podSandboxStatus(PodSandboxStatusRequest.newBuilder()
                            .setPodSandboxId(pod.getId())
                            .build())
                    .getStatus()
                    .getNetwork()
                    .getIp();
            return ip.isEmpty() ? "-" : ip;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return "-";
            }
            throw e;
        }
    }
}
