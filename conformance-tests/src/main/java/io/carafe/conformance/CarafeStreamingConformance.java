package io.carafe.conformance;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.SpdyClient;
import io.carafe.conformance.bench.TestContainer;
import java.io.IOException;
import java.time.Duration;

/** What Carafe promises of streams beyond the proto. Other runtimes skip this. */
@Conformance(only = "carafe")
final class CarafeStreamingConformance {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Claim(answers = {"Exec"})
    void clientThatVanishesLeavesNoProcess(Bench bench) throws IOException {
        var container = bench.pod().start();
        var request = StreamingConformance.exec(container, "exec sleep 54321").setStdout(true);
        try (var client = SpdyClient.open(StreamingConformance.url(bench, request), StreamingConformance.PROTOCOL)) {
            client.stream("error");
            client.stream("stdout");
            Await.until("it runs", SOON, () -> sleeps(container));
        }
        Await.until("it is gone", SOON, () -> !sleeps(container));
    }

    private static boolean sleeps(TestContainer container) {
        return container.sh("ps -o args").contains("sleep 54321");
    }
}
