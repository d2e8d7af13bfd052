package io.carafe.application.status;

import io.carafe.application.handler.ConfiguredHandler;
import io.carafe.application.handler.HandlerTable;
import io.carafe.application.handler.Handlers;
import io.carafe.application.journal.Operations;
import io.carafe.domain.fault.Fault;
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
import java.util.function.Supplier;

/** CRI Status, RuntimeConfig and UpdateRuntimeConfig: true only what is so now, with reasons. */
public final class RuntimeStatus {
    private final Handlers handlers;
    private final PodNetwork network;
    private final HostFacts host;
    private final RecordStore records;
    private final Operations operations;
    private final List<String> startProblems;
    private final Supplier<ConfigurationInForce> configuration;

    /**
     * @param startProblems of what was read once, for the verbose answer
     * @param configuration as it is now
     */
    public RuntimeStatus(
            Handlers handlers,
            PodNetwork network,
            HostFacts host,
            RecordStore records,
            Operations operations,
            List<String> startProblems,
            Supplier<ConfigurationInForce> configuration) {
        this.handlers = handlers;
        this.network = network;
        this.host = host;
        this.records = records;
        this.operations = operations;
        this.startProblems = List.copyOf(startProblems);
        this.configuration = configuration;
    }

    /** The default handler can run pods. */
    public HealthCondition runtimeReady() {
        HandlerTable table = handlers.table();
        ConfiguredHandler handler = table.byName().get(table.defaultName());
        if (handler == null) {
            return HealthCondition.failing(
                    "DefaultHandlerMissing", "default_handler '" + table.defaultName() + "' is not configured");
        }
        return switch (status(handler, true).availability()) {
            case Availability.Available _ -> HealthCondition.OK;
            case Availability.Missing(String reason) ->
                HealthCondition.failing("DefaultHandlerMissing", "handler '" + handler.name() + "': " + reason);
        };
    }

    public HealthCondition networkReady() {
        return network.health();
    }

    public List<HandlerStatus> handlers() {
        HandlerTable table = handlers.table();
        return table.byName().values().stream()
                .map(handler -> status(handler, handler.name().equals(table.defaultName())))
                .toList();
    }

    /** One that cannot be made is one more that is missing: the others are to be seen. */
    private HandlerStatus status(ConfiguredHandler handler, boolean isDefault) {
        String provider = handler.binding().provider();
        try {
            return new HandlerStatus(
                    handler.name(), provider, isDefault, handler.availability(), handlers.missingFeatures(handler));
        } catch (Fault e) {
            var missing = new Availability.Missing(String.valueOf(e.getMessage()));
            return new HandlerStatus(handler.name(), provider, isDefault, missing, Map.of());
        }
    }

    public ConfigurationInForce configuration() {
        return configuration.get();
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
        configuration().adapters().forEach(problem -> problems.add(problem.toString()));
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
