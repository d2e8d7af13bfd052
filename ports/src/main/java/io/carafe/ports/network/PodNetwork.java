package io.carafe.ports.network;

import io.carafe.domain.sandbox.PodNetworkStatus;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.spi.HealthCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Attaches pods to networks.
 *
 * <p>Concurrency: safe; calls for one id come one at a time. Source: CNI spec 1.0.
 */
public interface PodNetwork {
    /** Whether {@link #attach} can work now; for the NetworkReady condition. Bounded; no plugin is run on each call. */
    HealthCondition health();

    /**
     * Attaches the namespace to the configured network, lo included. On failure everything was given back, or the fault says
     * what was not; {@link #detach} may be called all the same.
     *
     * @throws io.carafe.domain.fault.Fault.Unavailable if there is no configuration or a plugin failed, with its own words
     */
    PodNetworkStatus attach(NetworkRequest request) throws InterruptedException;

    /**
     * Gives addresses and rules back. Idempotent: also after a failed or unfinished attach, twice, or when the namespace is
     * gone. Uses the result that was cached at attach, also after a reboot, and the configuration that was in force then.
     *
     * @throws io.carafe.domain.fault.Fault.Unavailable if a plugin failed; call again
     */
    void detach(NetworkRequest request) throws InterruptedException;

    /**
     * Gives back what no pod of {@code valid} owns: leftovers of attaches whose record was lost.
     *
     * <p>Concurrency: {@code valid} is asked when no attach and no detach is under way, and none begins until this returns. So it
     * may run while requests are served, if {@code valid} answers what is recorded then: a pod is recorded before its attach.
     *
     * @param valid must answer every pod whose attach has begun
     * @throws io.carafe.domain.fault.Fault.Unavailable if something could not be given back; the rest was
     */
    void collectGarbage(Supplier<Set<PodSandboxId>> valid) throws InterruptedException;

    /** The range the kubelet announced; kept for configurations that are made from a template. */
    void podCidr(String cidr);

    /** What {@link #podCidr(String)} was told last, also before a restart. */
    Optional<String> podCidr();

    /** Sentences about what an operator should look at, such as attachments that cannot be read. */
    default List<String> problems() {
        return List.of();
    }
}
