package io.carafe.conformance.run;

import io.carafe.conformance.bench.Cri;
import io.carafe.conformance.bench.Settings;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.PodSandboxFilter;
import io.carafe.cri.v1.RemovePodSandboxRequest;
import io.carafe.cri.v1.StopPodSandboxRequest;
import io.grpc.StatusRuntimeException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Stops and removes what a run has left on an endpoint, for runs that were cut short. */
final class Sweep {
    private Sweep() {}

    /** {@code runId} "*" takes all pods: for an endpoint that nobody else uses. Returns how many pods stayed. */
    static int run(Path socket, String runId, PrintStream out) {
        var filter = PodSandboxFilter.newBuilder();
        if (!runId.equals("*")) {
            filter.putLabelSelector(Settings.RUN_LABEL, runId);
        }
        int left = 0;
        try (var cri = new Cri(socket)) {
            var pods = cri.runtime()
                    .listPodSandbox(
                            ListPodSandboxRequest.newBuilder().setFilter(filter).build());
            for (var pod : pods.getItemsList()) {
                try {
                    var _ = cri.runtime()
                            .stopPodSandbox(StopPodSandboxRequest.newBuilder()
                                    .setPodSandboxId(pod.getId())
                                    .build());
                    var _ = cri.runtime()
                            .removePodSandbox(RemovePodSandboxRequest.newBuilder()
                                    .setPodSandboxId(pod.getId())
                                    .build());
                } catch (StatusRuntimeException e) {
                    out.println("sweep: pod " + pod.getId() + " stays: " + e.getStatus());
                    left++;
                }
            }
        }
        return left;
    }
}
