package io.carafe.grpc;

import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.ListPodSandboxStatsRequest;
import io.carafe.cri.v1.PodSandboxFilter;
import io.carafe.cri.v1.PodSandboxStatsFilter;
import io.carafe.cri.v1.PodSandboxStatsRequest;
import io.carafe.cri.v1.PodSandboxStatusRequest;
import io.carafe.cri.v1.PortForwardRequest;
import io.carafe.cri.v1.RemovePodSandboxRequest;
import io.carafe.cri.v1.RunPodSandboxRequest;
import io.carafe.cri.v1.StopPodSandboxRequest;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the requests about pod sandboxes say, a method each. Ids stay text here: people give beginnings of them, and one that does
 * not exist is no error for Stop and Remove.
 */
public final class PodSandboxFromProto {
    private static final Field ID = Field.of("pod_sandbox_id");
    private static final int LAST_PORT = 65_535;

    private final PodSandboxConfigFromProto configs;

    public PodSandboxFromProto(HostSecurity host) {
        this.configs = new PodSandboxConfigFromProto(host);
    }

    /** @param handler empty for the default one */
    public record Run(PodSandboxConfig config, String handler) {}

    /** @param ports the only ones that may be connected to; none for any */
    public record Forward(String id, List<Integer> ports) {}

    /** A question about one object; {@code verbose} asks for what helps in debugging. */
    public record Query(String id, boolean verbose) {}

    public Run run(RunPodSandboxRequest request) {
        return new Run(configs.config(request.getConfig(), Field.of("config")), request.getRuntimeHandler());
    }

    public String stop(StopPodSandboxRequest request) {
        return ID.required(request.getPodSandboxId());
    }

    public String remove(RemovePodSandboxRequest request) {
        return ID.required(request.getPodSandboxId());
    }

    public Query status(PodSandboxStatusRequest request) {
        return new Query(ID.required(request.getPodSandboxId()), request.getVerbose());
    }

    public String stats(PodSandboxStatsRequest request) {
        return ID.required(request.getPodSandboxId());
    }

    public Forward portForward(PortForwardRequest request) {
        Field field = Field.of("port");
        for (int i = 0; i < request.getPortCount(); i++) {
            int port = request.getPort(i);
            if (port < 1 || port > LAST_PORT) {
                throw field.at(i).invalid(port + " is no TCP port");
            }
        }
        return new Forward(ID.required(request.getPodSandboxId()), List.copyOf(request.getPortList()));
    }

    public Predicate<PodSandbox> list(ListPodSandboxRequest request) {
        PodSandboxFilter filter = request.getFilter();
        Predicate<PodSandbox> wanted = matches(filter.getId(), filter.getLabelSelectorMap());
        if (!filter.hasState()) {
            return wanted;
        }
        boolean ready = switch (filter.getState().getState()) {
            case SANDBOX_READY -> true;
            case SANDBOX_NOTREADY -> false;
            case UNRECOGNIZED ->
                throw Field.of("filter").dot("state").unknown(filter.getState().getStateValue());
        };
        return wanted.and(sandbox -> sandbox.isReady() == ready);
    }

    public Predicate<PodSandbox> listStats(ListPodSandboxStatsRequest request) {
        PodSandboxStatsFilter filter = request.getFilter();
        return matches(filter.getId(), filter.getLabelSelectorMap());
    }

    private static Predicate<PodSandbox> matches(String id, Map<String, String> labels) {
        return sandbox -> sandbox.id().value().startsWith(id)
                && sandbox.config().labels().entrySet().containsAll(labels.entrySet());
    }
}
