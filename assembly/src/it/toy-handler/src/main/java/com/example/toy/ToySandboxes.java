package com.example.toy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
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
import java.util.Map;
import java.util.Set;

/** A pod is its network namespace; there is no process for it. */
final class ToySandboxes implements Sandboxes {
    @Override
    public SandboxNeeds needs(NamespaceOptions options) {
        return new SandboxNeeds(options.hostNetwork() ? Set.of() : Set.of(NamespaceType.NETWORK), false);
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
        return new Observation.Gone("a toy pod has no sandbox container");
    }

    @Override
    public void adopt(PodSandboxId id) {}

    @Override
    public ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout) {
        throw new Fault.Unsupported("forward to port " + target.port() + " of pod " + id + ": not by the toy handler");
    }
}
