package io.carafe.assembly.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.LogLine;
import io.carafe.cri.v1.ContainerStatus;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pods of every kind of handler at once, with clients of all streams; the daemon dies at a random moment, and nothing is
 * lost.
 */
class HandlersCrashIT {
    private static final int LATEST_MILLIS = 1500;

    @ParameterizedTest
    @MethodSource("io.carafe.assembly.node.CrashRound#all")
    void nothingIsLostWhateverTheHandlerAndTheMoment(CrashRound round) throws Exception {
        var random = round.random();
        // every third round the streams are just being opened
        boolean flowing = round.number() % 3 != 2;
        int moment = random.nextInt(LATEST_MILLIS);
        String when = round.killedAfter(moment);
        try (PrivateNode node = PrivateNode.start(Handlers.sections(), List.of())) {
            var client = new NodeClient(node);
            client.pull();
            List<BusyPod> pods = Handlers.NAMES.stream()
                    .map(name -> BusyPod.start(client, name))
                    .toList();
            List<ContainerStatus> before =
                    pods.stream().map(BusyPod::echoStatus).toList();
            BusyPod followed = pods.get(random.nextInt(pods.size()));
            Process logs = node.carafe("followed", "logs", "-f", followed.count());
            List<BrokenStream> streams = new ArrayList<>();
            pods.forEach(pod -> streams.addAll(pod.open()));
            Await.until(
                    "logs -f prints",
                    Duration.ofSeconds(30),
                    () -> node.work().resolve("followed").toFile().length() > 0);
            if (flowing) {
                for (BrokenStream stream : streams) {
                    assertThat(stream.awaitFlowing()).as("%s: %s", when, stream).isTrue();
                }
            }
            Thread.sleep(moment);

            streams.forEach(BrokenStream::daemonDies);
            node.kill();
            for (BrokenStream stream : streams) {
                stream.assertBroken();
            }
            for (BusyPod pod : pods) {
                pod.end();
            }
            pods.getFirst().awaitLastWord();
            node.startAgain();

            for (int i = 0; i < pods.size(); i++) {
                pods.get(i).assertNothingLost(before.get(i));
            }
            assertThat(logs.waitFor(30, TimeUnit.SECONDS))
                    .as("%s: logs -f ends", when)
                    .isTrue();
            assertThat(logs.exitValue())
                    .as("%s: %s", when, Files.readString(node.work().resolve("followed.err")))
                    .isZero();
            assertThat(Files.readString(node.work().resolve("followed")))
                    .as(when)
                    .isEqualTo(LogLine.text(LogLine.read(followed.log()), "stdout"));
            pods.forEach(BusyPod::remove);
            assertThat(client.pods()).as(when).isEmpty();
            assertThat(node.leftovers()).as(when).isEmpty();
        }
    }
}
