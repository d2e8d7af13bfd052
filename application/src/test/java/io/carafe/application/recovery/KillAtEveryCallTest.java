package io.carafe.application.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.application.node.PortCalls.Fate;
import io.carafe.application.node.PowerLoss;
import io.carafe.application.node.Scenario;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each verb with the daemon killed at its first, second, … call of a port. */
class KillAtEveryCallTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void killBeforeAStepLeavesAllListedAndRemovable(Scenario scenario) throws Exception {
        everyCall(scenario, Fate.DEATH);
    }

    @ParameterizedTest
    @EnumSource
    void killAfterAStepLeavesAllListedAndRemovable(Scenario scenario) throws Exception {
        everyCall(scenario, Fate.DEATH_AFTERWARDS);
    }

    private void everyCall(Scenario scenario, Fate fate) throws Exception {
        for (int n = 1; reachesCall(n, scenario, fate); n++) {
            assertThat(n).isLessThan(60);
        }
    }

    private boolean reachesCall(int n, Scenario scenario, Fate fate) throws Exception {
        TestNode node = TestNode.in(directory.resolve(scenario + "-" + fate + "-" + n));
        node.patience(Duration.ofMillis(20));
        TestDaemon daemon = node.startWithImage();
        Scenario.Call call = scenario.prepare(daemon);
        daemon.ports.doom(n, fate);
        runUntilDeath(call);
        boolean reached = daemon.ports.isReached();
        String story = scenario + " with " + fate + " at " + daemon.ports.seen();
        daemon.ports.kill();

        TestDaemon next = node.start();

        assertThat(node.strays()).as(story).isEmpty();
        assertThat(next.inventory.containers())
                .as(story)
                .allMatch(container -> next.inventory
                        .findSandbox(container.sandboxId().value())
                        .isPresent());
        next.removeAll();
        assertThat(node.held()).as(story).isEmpty();
        return reached;
    }

    private static void runUntilDeath(Scenario.Call call) throws InterruptedException {
        try {
            call.run();
        } catch (IllegalStateException e) {
            assertThat(e).hasRootCauseInstanceOf(PowerLoss.class);
        }
    }
}
