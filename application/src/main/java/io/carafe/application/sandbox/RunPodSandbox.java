package io.carafe.application.sandbox;

import io.carafe.application.handler.HandlerChoice;
import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Differences;
import io.carafe.application.inventory.HostProfiles;
import io.carafe.application.inventory.Ids;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.journal.Operations;
import io.carafe.application.lock.KeyedLock;
import io.carafe.application.undo.Undo;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.launch.SandboxSpecFactory;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.domain.spec.OciSpec;
import io.carafe.ports.host.HostProvider.Host;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.SandboxNeeds;
import io.carafe.ports.runtime.SandboxPlan;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * CRI RunPodSandbox: makes namespaces, files, cgroup, network and, where the handler needs one, the sandbox container.
 *
 * <p>Idempotent by metadata: the same request under way is joined, a Ready sandbox of the same request is answered again, any
 * other request with the metadata of a sandbox that exists is refused. Concurrency: holds the sandbox's lock, so that a stop, a
 * removal and the end of its sandbox container wait until it is there. Crash: the record of intent is written before the first
 * effect, so what was taken is listed as NotReady by the next start and can be removed.
 */
public final class RunPodSandbox {
    private static final System.Logger LOG = System.getLogger(RunPodSandbox.class.getName());

    /** The handler by name: a reload between two attempts of the kubelet makes no other request. */
    private record Request(PodSandboxConfig config, String handler) {}

    private final Operations operations;
    private final Inventory inventory;
    private final Handlers handlers;
    private final Host host;
    private final PodNetwork network;
    private final SandboxResources resources;
    private final KeyedLock locks;
    private final Ids ids;
    private final InstantSource clock;

    public RunPodSandbox(
            Operations operations,
            Inventory inventory,
            Handlers handlers,
            Host host,
            PodNetwork network,
            SandboxResources resources,
            KeyedLock locks,
            Ids ids,
            InstantSource clock) {
        this.operations = operations;
        this.inventory = inventory;
        this.handlers = handlers;
        this.host = host;
        this.network = network;
        this.resources = resources;
        this.locks = locks;
        this.ids = ids;
        this.clock = clock;
    }

    /** Answers the id of the sandbox, which is Ready. */
    public PodSandboxId run(PodSandboxConfig config, String handlerName) throws InterruptedException {
        try (HandlerChoice choice = handlers.choose(handlerName)) {
            refuseUnsupported(config, choice.binding());
            // also where no sandbox container will run under it: the pod's author must hear of a file that is not there
            var _ = HostProfiles.localhostSeccomp(
                    host.facts(), config.security().seccomp());
            return operations.run(
                    "RunPodSandbox",
                    config.metadata().key(),
                    new Request(config, choice.binding().name()),
                    stage -> answerOrRun(config, choice, stage));
        }
    }

    private PodSandboxId answerOrRun(PodSandboxConfig config, HandlerChoice choice, Operations.Stage stage)
            throws InterruptedException {
        HandlerBinding binding = choice.binding();
        Runnable release = handlers.hold(binding); // who chose it may have hung up
        try {
            return answerOrRun(config, binding, choice.handler(), stage);
        } finally {
            release.run();
        }
    }

    private PodSandboxId answerOrRun(
            PodSandboxConfig config, HandlerBinding binding, RuntimeHandler handler, Operations.Stage stage)
            throws InterruptedException {
        Optional<PodSandbox> present = inventory.sandboxByKey(config.metadata().key());
        if (present.isPresent()) {
            return answer(present.get(), config, binding);
        }
        var id = new PodSandboxId(ids.next());
        // all that must be known to take it back is in the first record: everything else is found by the id
        PodSandbox sandbox = PodSandbox.accepted(
                        id, config, binding, new SandboxState.Creating(clock.instant(), "accepted"))
                .inBoot(host.facts().boot())
                .withCgroup(host.cgroup().name(id, config.cgroupParent()))
                .attachingNetwork();
        try (var _ = locks.lock(id.value())) {
            var undo = new Undo("run pod sandbox " + id);
            try (undo) {
                inventory.put(sandbox);
                bringUp(sandbox, handler, stage, undo);
                undo.keep();
                return id;
            } finally {
                forgetUnlessLeft(sandbox, undo);
            }
        }
    }

    private void bringUp(PodSandbox accepted, RuntimeHandler handler, Operations.Stage stage, Undo undo)
            throws InterruptedException {
        PodSandbox sandbox = accepted;
        PodSandboxConfig config = sandbox.config();
        PodSandboxId id = sandbox.id();
        NamespaceOptions options = config.security().namespaces();
        SandboxNeeds needs = handler.sandboxes().needs(options);

        stage.enter("cgroup");
        var cgroup = sandbox.cgroup().orElseThrow();
        undo.push("remove the cgroup", () -> host.cgroup().remove(id, cgroup));
        host.cgroup().make(id, config.cgroupParent());

        stage.enter("namespaces");
        undo.push("remove the namespaces", () -> host.namespaces().unpin(id));
        Map<NamespaceType, Path> namespaces = new EnumMap<>(NamespaceType.class);
        String hostname = config.hostname().isEmpty() ? host.facts().hostname() : config.hostname();
        String ownHostname = needs.pinned().contains(NamespaceType.UTS) ? hostname : "";
        namespaces.putAll(host.namespaces().pin(id, needs.pinned(), ownHostname, config.sysctls()));
        sandbox = sandbox.withNamespaces(namespaces);

        stage.enter("files");
        undo.push("remove the files", () -> host.files().remove(id));
        host.files().write(id, hostname, resources.sharesHostIpc(sandbox), config.dns());

        if (resources.hasOwnNetwork(sandbox)) {
            stage.enter("network");
            var request = resources.networkRequest(sandbox);
            undo.push("detach the network", () -> network.detach(request));
            sandbox = sandbox.withNetwork(network.attach(request));
        }

        stage.enter("handler " + sandbox.handler().name());
        Optional<OciSpec> spec = needs.sandboxContainer() ? Optional.of(spec(sandbox)) : Optional.empty();
        undo.push("remove the sandbox container", () -> handler.sandboxes().delete(id));
        namespaces.putAll(handler.sandboxes().run(new SandboxPlan(id, config, namespaces, spec, cgroup)));
        sandbox = sandbox.withNamespaces(namespaces);

        stage.enter("record");
        inventory.put(sandbox.with(new SandboxState.Creating(sandbox.state().createdAt(), "done").ready()));
    }

    private OciSpec spec(PodSandbox sandbox) {
        var profile = HostProfiles.of(host.facts());
        return HostProfiles.localhostSeccomp(
                        host.facts(), sandbox.config().security().seccomp())
                .map(seccomp -> SandboxSpecFactory.create(sandbox, profile, seccomp))
                .orElseGet(() -> SandboxSpecFactory.create(sandbox, profile));
    }

    /**
     * A failed attempt leaves nothing; only where giving back failed too, a record stays for StopPodSandbox to try again. Where
     * not even that can be written the record stays as it is, which stop and remove take as well.
     */
    private void forgetUnlessLeft(PodSandbox accepted, Undo undo) {
        Optional<PodSandbox> now = inventory.findSandbox(accepted.id().value());
        if (now.isPresent() && now.get().isReady()) {
            return;
        }
        try {
            if (now.isEmpty() || undo.failures().isEmpty()) { // a write that failed may have left a record too
                inventory.remove(accepted.id());
            } else if (now.get().state() instanceof SandboxState.Creating creating) {
                inventory.put(now.get().with(creating.abandoned(clock.instant(), "not undone: " + undo.failures())));
            }
        } catch (Fault e) {
            LOG.log(System.Logger.Level.WARNING, "record of pod sandbox " + accepted.id() + ": " + e.getMessage(), e);
        }
    }

    private static PodSandboxId answer(PodSandbox present, PodSandboxConfig config, HandlerBinding binding) {
        if (present.isReady() && present.config().equals(config) && isSameHandler(present, binding)) {
            return present.id();
        }
        String state = present.isReady() ? "Ready" : "NotReady";
        String difference = present.isReady()
                ? "its " + difference(present, config, binding) + " differs: remove it, or use another attempt number"
                : "it cannot become ready again: remove it with RemovePodSandbox, or use another attempt number";
        throw new Fault.AlreadyExists("run pod sandbox %s: sandbox %s exists for it and is %s; %s"
                .formatted(config.metadata().key(), present.id(), state, difference));
    }

    /** By name, as it was asked for: a change of its options or its JAR makes no other request. */
    private static boolean isSameHandler(PodSandbox present, HandlerBinding binding) {
        return present.handler().name().equals(binding.name());
    }

    private static String difference(PodSandbox present, PodSandboxConfig config, HandlerBinding binding) {
        if (!isSameHandler(present, binding)) {
            return "runtime handler (" + present.handler().name() + ")";
        }
        return Differences.first(present.config(), config);
    }

    private void refuseUnsupported(PodSandboxConfig config, HandlerBinding binding) {
        NamespaceOptions options = config.security().namespaces();
        if (options.hostNetwork()) {
            handlers.require(binding, RuntimeFeature.HOST_NETWORK, "host network");
        }
        if (options.pid() == NamespaceMode.NODE) {
            handlers.require(binding, RuntimeFeature.HOST_PID, "the host's PID namespace");
        }
        if (options.ipc() == NamespaceMode.NODE) {
            handlers.require(binding, RuntimeFeature.HOST_IPC, "the host's IPC namespace");
        }
        if (!config.sysctls().isEmpty()) {
            handlers.require(binding, RuntimeFeature.SYSCTLS, "sysctls");
        }
        if (config.security().privileged()) {
            handlers.require(binding, RuntimeFeature.PRIVILEGED, "a privileged pod");
        }
    }
}
