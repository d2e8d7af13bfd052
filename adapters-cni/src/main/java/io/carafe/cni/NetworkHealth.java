package io.carafe.cni;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.spi.HealthCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether pods could be attached now: there is a configuration, its plugins and their address plugins are installed, and those
 * of version 1.1.0 and later say so themselves (STATUS), which is asked again after some seconds only.
 *
 * <p>Concurrency: safe; while one caller asks the plugins the others get the last answer.
 */
final class NetworkHealth {
    /** The reason every runtime gives; tools look for it. */
    private static final String REASON = "NetworkPluginNotReady";

    private static final Duration KEEP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CniConfDirectory configurations;
    private final CniChain chain;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Answer last = new Answer(List.of(), Instant.EPOCH, HealthCondition.OK);

    private record Answer(List<CniConfList> networks, Instant at, HealthCondition condition) {}

    NetworkHealth(CniConfDirectory configurations, CniChain chain, InstantSource clock) {
        this.configurations = configurations;
        this.chain = chain;
        this.clock = clock;
    }

    HealthCondition now() {
        try {
            List<CniConfList> networks = configurations.networks();
            for (CniConfList network : networks) {
                for (CniPluginConf plugin : network.plugins()) {
                    plugin.programs().forEach(program -> chain.path().require(program, network));
                }
            }
            List<CniConfList> speaking = networks.stream()
                    .filter(network -> network.version().hasStatusAndGc())
                    .toList();
            return speaking.isEmpty() ? HealthCondition.OK : status(speaking);
        } catch (Fault fault) {
            return failing(fault);
        }
    }

    private HealthCondition status(List<CniConfList> networks) {
        Answer before = last;
        boolean fresh = before.networks.equals(networks)
                && Duration.between(before.at, clock.instant()).compareTo(KEEP) < 0;
        if (fresh || !asking.tryLock()) {
            return before.condition;
        }
        try {
            HealthCondition condition = ask(networks);
            last = new Answer(networks, clock.instant(), condition);
            return condition;
        } finally {
            asking.unlock();
        }
    }

    private HealthCondition ask(List<CniConfList> networks) {
        try {
            for (CniConfList network : networks) {
                chain.status(network, PATIENCE);
            }
            return HealthCondition.OK;
        } catch (Fault fault) {
            return failing(fault);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return HealthCondition.failing(REASON, "asking the network plugins was interrupted");
        }
    }

    private static HealthCondition failing(Fault fault) {
        return HealthCondition.failing(REASON, String.valueOf(fault.getMessage()));
    }
}
