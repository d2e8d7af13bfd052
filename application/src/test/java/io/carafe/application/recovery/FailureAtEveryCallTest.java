package io.carafe.application.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.PortCalls.Fate;
import io.carafe.application.node.Scenario;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.domain.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each verb with its first, second, … call of a port failing. */
class FailureAtEveryCallTest {
    private static final Set<Scenario> TAKE_NOTHING_IF_THEY_FAIL = EnumSet.of(
            Scenario.RUN_POD_SANDBOX, Scenario.RUN_POD_SANDBOX_ON_THE_HOSTS_NETWORK, Scenario.CREATE_CONTAINER);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void oneFailureLeavesNothingThatIsNotListed(Scenario scenario) throws Exception {
        everyCall(scenario, Fate.FAILS);
    }

    @ParameterizedTest
    @EnumSource
    void oneFailureOfAStepThatWasDoneLeavesNothingThatIsNotListed(Scenario scenario) throws Exception {
        everyCall(scenario, Fate.FAILS_AFTERWARDS);
    }

    @ParameterizedTest
    @EnumSource
    void failureOfAllThatFollowsLeavesNothingThatIsNotListed(Scenario scenario) throws Exception {
        everyCall(scenario, Fate.ALL_FAIL);
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
        Set<String> before = node.held();
        daemon.ports.doom(n, fate);
        boolean failed = failed(call);
        boolean reached = daemon.ports.isReached();
        String story = scenario + " with " + fate + " at " + daemon.ports.seen();
        daemon.ports.heal();

        assertThat(node.strays()).as(story).isEmpty();
        if (failed && fate == Fate.FAILS && TAKE_NOTHING_IF_THEY_FAIL.contains(scenario)) {
            assertThat(node.held()).as(story).isEqualTo(before);
        }
        daemon.removeAll();
        assertThat(node.held()).as(story).isEmpty();
        return reached;
    }

    /** A failure must be a fault, and no bug. */
    private static boolean failed(Scenario.Call call) throws InterruptedException {
        try {
            call.run();
            return false;
        } catch (Fault.Unavailable | Fault.TimedOut e) {
            assertThat(e).hasMessageMatching("(?s).*(injected|SIGKILL).*");
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void callThatFailedOnceSucceedsWhenItIsRepeated(Scenario scenario) throws Exception {
        for (int n = 1; n <= 9; n++) {
            TestDaemon daemon = TestNode.in(directory.resolve("repeated-" + n)).startWithImage();
            Scenario.Call call = scenario.prepare(daemon);
            daemon.ports.doom(n, Fate.FAILS);
            boolean failed = failed(call);
            daemon.ports.heal();

            if (failed && scenario == Scenario.START_CONTAINER) {
                assertThatThrownBy(call::run).isInstanceOf(Fault.WrongState.class); // as CRI has it
            } else if (failed) {
                call.run();
            }
        }
    }
}
