package com.example.unshare;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.runtime.SandboxNeeds;
import io.carafe.ports.runtime.SandboxPlan;
import io.carafe.ports.runtime.Sandboxes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A pod is the namespaces that the daemon pins for it; there is no process for it, so there is nothing to do. */
final class UnshareSandboxes implements Sandboxes {
    @Override
    public SandboxNeeds needs(NamespaceOptions options) {
        Set<NamespaceType> pinned = EnumSet.noneOf(NamespaceType.class);
        if (!options.hostNetwork()) {
            pinned.add(NamespaceType.NETWORK);
            pinned.add(NamespaceType.UTS);
        }
        if (options.ipc() != NamespaceMode.NODE) {
            pinned.add(NamespaceType.IPC);
        }
        return new SandboxNeeds(pinned, false);
    }

    @Override
    public Map<NamespaceType, Path> run(SandboxPlan plan) {
        return Map.of();
    }

    @Override
    public void kill(PodSandboxId id, Signal signal) {}

    @Override
    public void delete(PodSandboxId id) {}

    @Override
    public Observation observe(PodSandboxId id) {
        return new Observation.Gone("a pod of this handler has no sandbox container");
    }

    @Override
    public void adopt(PodSandboxId id) {}

    @Override
    public ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout) {
        throw new Fault.Unsupported("forward to port " + target.port() + " of pod " + id + ": not by this handler");
    }
}
