package io.carafe.grpc;

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
            if (handler.name().equals(use.defaultHandler())) {
                // the kubelet looks up the default handler under the empty name
                response.addRuntimeHandlers(RuntimeToProto.handler("", features));
            }
        }
        if (verbose) {
            response.putInfo(
                    "config", Json.of(Map.of("stateDir", use.stateDirectory().toString(), "version", use.version())));
            response.putInfo("handlers", Json.of(handlers(use.status().handlers())));
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

    private static List<Map<String, Object>> handlers(List<HandlerStatus> handlers) {
        return handlers.stream().map(StatusToProto::handler).toList();
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
