package io.carafe.ports.runtime;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.LinuxResources;
import java.util.Optional;

/**
 * Containers as the handler sees them.
 *
 * <p>Concurrency: calls for one id come one at a time, but for {@link #observe}, {@link #usage} and {@link #kill}.
 *
 * <p>Source: CRI CreateContainer … ReopenContainerLog; the OCI runtime life cycle.
 */
public interface Containers {
    /**
     * Creates the container up to the point where {@link #start} runs its process; from here on its exit is reported.
     *
     * <p>Crash: afterwards {@link #observe} says Created or Gone, and {@link #delete} removes all that was made.
     *
     * @throws io.carafe.domain.fault.Fault.InvalidArgument if the spec can never work, with the runtime's own words
     * @throws io.carafe.domain.fault.Fault.Unavailable if the program failed; nothing is left
     */
    void create(ContainerPlan plan) throws InterruptedException;

    /**
     * Runs the process. Returns when it runs; a process that cannot be executed is an exception here, not an exit.
     *
     * @throws io.carafe.domain.fault.Fault.InvalidArgument if the command cannot be executed, with the runtime's own words
     */
    void start(ContainerId id) throws InterruptedException;

    /** Sends a signal. Idempotent: a process that has ended is no error. */
    void kill(ContainerId id, Signal signal, KillScope scope) throws InterruptedException;

    /** Ends what still runs by force and removes everything the handler keeps of it. Idempotent; may be repeated after a crash. */
    void delete(ContainerId id) throws InterruptedException;

    /** A bounded query without effect; tells what is so now. */
    Observation observe(ContainerId id) throws InterruptedException;

    /** After a restart of the daemon, once per recorded container: reports its exit, also one that has happened meanwhile. */
    void adopt(ContainerId id) throws InterruptedException;

    /** What it uses now; empty when it does not run. Bounded: a few file reads or one call. */
    Optional<CgroupUsage> usage(ContainerId id) throws InterruptedException;

    /**
     * Changes limits of a running container; unset values stay.
     *
     * @throws io.carafe.domain.fault.Fault.Unsupported if {@link RuntimeFeature#UPDATE} is missing, with the reason
     */
    void update(ContainerId id, LinuxResources resources) throws InterruptedException;

    /** Returns when the log file at the same path has been opened anew, so that a rotated one is no longer written. */
    void reopenLog(ContainerId id) throws InterruptedException;

    /** Connects to the running process' streams: what it writes from now on, and its standard input if it has one. */
    AttachedStreams attach(ContainerId id) throws InterruptedException;
}
