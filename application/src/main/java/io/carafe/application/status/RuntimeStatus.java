package io.carafe.application.status;

import io.carafe.application.handler.ConfiguredHandler;
import io.carafe.application.handler.Handlers;
import io.carafe.application.journal.Operations;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.host.HostFacts;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.HealthCondition;
import io.carafe.ports.store.RecordStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CRI Status, RuntimeConfig and UpdateRuntimeConfig: true only what is so now, with reasons. */
public final class RuntimeStatus {
    private final Handlers handlers;
    private final PodNetwork network;
    private final HostFacts host;
    private final RecordStore records;
    private final Operations operations;
    private final List<String> startProblems;

    /** @param startProblems of the adapters directory and the like, for the verbose answer */
    public RuntimeStatus(
            Handlers handlers,
            PodNetwork network,
            HostFacts host,
            RecordStore records,
            Operations operations,
            List<String> startProblems) {
        this.handlers = handlers;
        this.network = network;
        this.host = host;
        this.records = records;
        this.operations = operations;
        this.startProblems = List.copyOf(startProblems);
    }

    /** The default handler can run pods. */
    public HealthCondition runtimeReady() {
        for (ConfiguredHandler handler : handlers.all()) {
            if (handler.name().equals(handlers.defaultName())) {
                return switch (handler.availability()) {
                    case Availability.Available _ -> HealthCondition.OK;
                    case Availability.Missing(String reason) ->
                        HealthCondition.failing("DefaultHandlerMissing", "handler '" + handler.name() + "': " + reason);
                };
            }
        }
        return HealthCondition.failing(
                "DefaultHandlerMissing", "default_handler '" + handlers.defaultName() + "' is not configured");
    }

    public HealthCondition networkReady() {
        return network.health();
    }

    public List<HandlerStatus> handlers() {
        return handlers.all().stream().map(this::status).toList();
    }

    private HandlerStatus status(ConfiguredHandler handler) {
        Availability availability = handler.availability();
        return new HandlerStatus(
                handler.name(),
                handler.binding().provider(),
                availability,
                availability instanceof Availability.Available
                        ? handlers.of(handler.binding()).missingFeatures()
                        : Map.of());
    }

    public CgroupDriver cgroupDriver() {
        return host.cgroupDriver();
    }

    public List<Operations.UnderWay> operations() {
        return operations.underWay();
    }

    /** Sentences about what an operator should look at: records set aside, adapters that could not be loaded. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(startProblems);
        records.quarantined().forEach(name -> problems.add("record set aside, because it could not be read: " + name));
        problems.addAll(network.problems());
        return problems;
    }

    public void podCidr(String cidr) {
        network.podCidr(cidr);
    }

    /** What the kubelet announced last. */
    public Optional<String> podCidr() {
        return network.podCidr();
    }
}
