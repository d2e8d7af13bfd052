package io.carafe.ports.runtime;

import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The pod as the handler sees it.
 *
 * <p>Source: CRI RunPodSandbox, StopPodSandbox, RemovePodSandbox, PortForward.
 */
public interface Sandboxes {
    /** What must be there before {@link #run}. Pure; no I/O. */
    SandboxNeeds needs(NamespaceOptions options);

    /**
     * Brings the sandbox up: starts its sandbox container, where there is one.
     *
     * <p>Idempotent: no; called once per id. Crash: afterwards {@link #delete} removes all that was made.
     *
     * @return the namespaces it made, which containers join: the PID namespace of a pause process, for instance
     * @throws io.carafe.domain.fault.Fault.Unavailable if the program failed; nothing is left
     */
    Map<NamespaceType, Path> run(SandboxPlan plan) throws InterruptedException;

    /** Sends a signal to the sandbox container. Idempotent: one that is gone, or never was, is no error. */
    void kill(PodSandboxId id, Signal signal) throws InterruptedException;

    /**
     * Ends the sandbox container by force and removes everything the handler keeps of the sandbox. Its containers are gone
     * already. Idempotent: an unknown id is no error. Crash: may be repeated.
     */
    void delete(PodSandboxId id) throws InterruptedException;

    /** A bounded query without effect. A sandbox without a sandbox container is Gone("…no sandbox container") or Running. */
    Observation observe(PodSandboxId id) throws InterruptedException;

    /** After a restart of the daemon, once per recorded sandbox: watches it again, as after {@link #run}. */
    void adopt(PodSandboxId id) throws InterruptedException;

    /**
     * Connects to a TCP port inside the pod.
     *
     * @throws io.carafe.domain.fault.Fault.Unavailable if nothing listens there
     */
    ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout) throws InterruptedException;
}
