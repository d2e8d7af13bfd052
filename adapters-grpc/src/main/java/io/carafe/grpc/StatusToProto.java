package io.carafe.grpc;

import io.carafe.application.status.AdapterProblem;
import io.carafe.application.status.ConfigurationInForce;
import io.carafe.application.status.HandlerStatus;
import io.carafe.cri.v1.StatusResponse;
import io.carafe.cri.v1.VersionResponse;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.spi.Availability;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Version and Status. */
final class StatusToProto {
    private StatusToProto() {}

    static VersionResponse version(String version) {
        return VersionResponse.newBuilder()
                .setVersion("0.1.0") // of the kubelet's runtime API; constant in every runtime
                .setRuntimeName("carafe")
                .setRuntimeVersion(version)
                .setRuntimeApiVersion("v1")
                .build();
    }

    static StatusResponse status(RuntimeUseCases use, boolean verbose) {
        var response = StatusResponse.newBuilder().setFeatures(RuntimeToProto.features());
        response.getStatusBuilder()
                .addConditions(
                        RuntimeToProto.condition("RuntimeReady", use.status().runtimeReady()))
                .addConditions(
                        RuntimeToProto.condition("NetworkReady", use.status().networkReady()));
        for (HandlerStatus handler : use.status().handlers()) {
            if (!handler.isUsable()) {
                continue;
            }
            Set<RuntimeFeature> features = EnumSet.allOf(RuntimeFeature.class);
            features.removeAll(handler.missingFeatures().keySet());
            response.addRuntimeHandlers(RuntimeToProto.handler(handler.name(), features));
            if (handler.isDefault()) {
                // the kubelet looks up the default handler under the empty name
                response.addRuntimeHandlers(RuntimeToProto.handler("", features));
            }
        }
        if (verbose) {
            response.putInfo(
                    "config", Json.of(Map.of("stateDir", use.stateDirectory().toString(), "version", use.version())));
            ConfigurationInForce configuration = use.status().configuration();
            response.putInfo("handlers", Json.of(handlers(use.status().handlers(), configuration.adapters())));
            response.putInfo("configuration", Json.of(configuration(configuration)));
            response.putInfo(
                    "network", Json.of(Map.of("podCidr", use.status().podCidr().orElse(""))));
            response.putInfo("problems", Json.of(use.status().problems()));
            response.putInfo(
                    "operations",
                    Json.of(use.status().operations().stream()
                            .map(o -> Map.of(
                                    "key",
                                    o.key(),
                                    "stage",
                                    o.stage(),
                                    "since",
                                    o.since().toString()))
                            .toList()));
        }
        return response.build();
    }

    /** The configured ones, then the JARs that are not used: of the same shape, without a name. */
    private static List<Map<String, Object>> handlers(List<HandlerStatus> handlers, List<AdapterProblem> problems) {
        return Stream.concat(
                        handlers.stream().map(StatusToProto::handler),
                        problems.stream().map(StatusToProto::unused))
                .toList();
    }

    private static Map<String, Object> unused(AdapterProblem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", "");
        json.put("provider", "");
        json.put("jar", problem.where());
        json.put("available", false);
        json.put("reason", problem.reason());
        json.put("features", Map.of());
        return json;
    }

    private static Map<String, Object> configuration(ConfigurationInForce configuration) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("readAt", configuration.readAt().toString());
        json.put("needsRestart", configuration.needsRestart());
        configuration
                .refused()
                .ifPresent(refusal ->
                        json.put("refused", Map.of("at", refusal.at().toString(), "problems", refusal.problems())));
        return json;
    }

    private static Map<String, Object> handler(HandlerStatus handler) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", handler.name());
        json.put("provider", handler.provider());
        switch (handler.availability()) {
            case Availability.Available(String version) -> {
                json.put("available", true);
                json.put("version", version);
            }
            case Availability.Missing(String reason) -> {
                json.put("available", false);
                json.put("reason", reason);
            }
        }
        Map<String, Object> features = new LinkedHashMap<>();
        if (handler.isUsable()) {
            for (RuntimeFeature feature : RuntimeFeature.values()) {
                String missing = handler.missingFeatures().get(feature);
                features.put(
                        feature.name(),
                        missing == null ? Map.of("supported", true) : Map.of("supported", false, "reason", missing));
            }
        }
        json.put("features", features);
        return json;
    }
}
