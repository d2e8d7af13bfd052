package io.carafe.cni;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodNetworkStatus;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.network.NetworkRequest;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.HealthCondition;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Pod networks by CNI plugins.
 *
 * <p>Before an ADD the attachment is written down, with the configuration in force; its file goes when the DEL has succeeded. So
 * a DEL after {@code kill -9}, a reboot or a change of the configuration undoes what was done. An interrupted attach leaves its
 * file: the detach is owed by the caller.
 *
 * <p>lo is up already: whoever pins the namespace does that, and a run of the loopback plugin is saved. The primary address is
 * the first that the plugins of the first network answer, of either family.
 *
 * <p>Concurrency: attaches and detaches of different pods run side by side, also of pods that are gone; plugins collect garbage
 * alone, as the specification asks.
 */
final class CniPodNetwork implements PodNetwork {
    private static final System.Logger LOG = System.getLogger(CniPodNetwork.class.getName());

    private static final int TURNS = 1_000;
    private static final Duration GARBAGE_PATIENCE = Duration.ofMinutes(2);

    private final CniConfDirectory configurations;
    private final CniChain chain;
    private final NetworkHealth health;
    private final AttachmentStore store;
    private final Path podCidrFile;
    private final boolean requirePortMappings;

    /** One for an attach or detach, all for garbage. Not fair, so that garbage waiting for its turn holds no pod up. */
    private final Semaphore turns = new Semaphore(TURNS);

    private CniPodNetwork(
            CniConfDirectory configurations,
            CniChain chain,
            NetworkHealth health,
            AttachmentStore store,
            Path podCidrFile,
            boolean requirePortMappings) {
        this.configurations = configurations;
        this.chain = chain;
        this.health = health;
        this.store = store;
        this.podCidrFile = podCidrFile;
        this.requirePortMappings = requirePortMappings;
    }

    static CniPodNetwork in(BackendContext context) {
        CniOptions options = CniOptions.from(context.options());
        var configurations = new CniConfDirectory(options.confDir(), options.maxConf());
        var chain = new CniChain(
                new PluginPath(options.binDirs()),
                new CniPluginRunner(context.runDirectory(), options.pluginTimeout()));
        return new CniPodNetwork(
                configurations,
                chain,
                new NetworkHealth(configurations, chain, context.clock()),
                new AttachmentStore(context.stateDirectory()),
                context.stateDirectory().resolve("pod-cidr"),
                options.requirePortMappings());
    }

    @Override
    public HealthCondition health() {
        return health.now();
    }

    @Override
    public PodNetworkStatus attach(NetworkRequest request) throws InterruptedException {
        Path namespace = request.namespace()
                .orElseThrow(() -> new Fault.InvalidArgument(
                        "attach pod sandbox " + request.id() + " to the network: no network namespace was given"));
        turns.acquire();
        try {
            List<CniConfList> networks = configurations.networks();
            requirePortMappings(request, networks);
            release(request.id(), request.namespace()); // what an earlier attempt has left
            return attach(request, namespace, networks);
        } finally {
            turns.release();
        }
    }

    private PodNetworkStatus attach(NetworkRequest request, Path namespace, List<CniConfList> networks)
            throws InterruptedException {
        List<CniAttachment> attached = new ArrayList<>();
        try {
            for (CniConfList network : networks) {
                var intended = CniAttachment.intended(request, "eth" + attached.size(), network);
                store.save(intended);
                var made = intended.withResult(chain.add(intended, namespace).raw());
                store.save(made);
                attached.add(made);
            }
        } catch (Fault fault) {
            throw undone(request, fault);
        }
        CniAttachment first = attached.getFirst();
        var result = new CniResult(first.result().orElseThrow());
        return new PodNetworkStatus(CniChain.ips(result, first), result.raw().toString());
    }

    private void requirePortMappings(NetworkRequest request, List<CniConfList> networks) {
        boolean mapped = networks.stream().anyMatch(network -> network.offers(CniRuntimeConfig.PORT_MAPPINGS));
        var ports = CniRuntimeConfig.hostPorts(request);
        if (requirePortMappings && !mapped && !ports.isEmpty()) {
            throw new Fault.Unsupported("attach pod sandbox " + request.id() + ": it asks for host port "
                    + ports.getFirst().hostPort() + ", and no plugin of " + networks
                    + " has the capability portMappings: add the plugin portmap, or set require_port_mappings = false"
                    + " if this network maps host ports by itself");
        }
    }

    /** Takes a failed attach back, and answers the fault to throw. */
    private Fault undone(NetworkRequest request, Fault failure) throws InterruptedException {
        try {
            release(request.id(), request.namespace());
            return failure;
        } catch (Fault second) {
            var both = new Fault.Unavailable(
                    failure.getMessage() + "; giving back what was done failed too, detach it again: "
                            + second.getMessage(),
                    failure);
            both.addSuppressed(second);
            return both;
        }
    }

    @Override
    public void detach(NetworkRequest request) throws InterruptedException {
        turns.acquire();
        try {
            release(request.id(), request.namespace());
        } finally {
            turns.release();
        }
    }

    /** Undoes all attachments of a pod that are on file, the last one first. */
    private void release(PodSandboxId id, Optional<Path> namespace) throws InterruptedException {
        for (AttachmentKey key : store.of(id).reversed()) {
            release(key, namespace);
        }
    }

    private void release(AttachmentKey key, Optional<Path> namespace) throws InterruptedException {
        Optional<CniAttachment> found;
        try {
            found = store.find(key);
        } catch (Fault.Corrupt fault) {
            releaseUnreadable(key, namespace, fault);
            return;
        }
        if (found.isPresent()) {
            release(found.get(), namespace);
            store.remove(key);
        }
    }

    private void release(CniAttachment attachment, Optional<Path> namespace) throws InterruptedException {
        if (attachment.result().isEmpty()) {
            UnfinishedPlugins.await(attachment.id());
        }
        Optional<Path> alive = attachment
                .namespace()
                .filter(NetworkNamespacePath::isAlive)
                .or(() -> namespace.filter(NetworkNamespacePath::isAlive));
        chain.del(attachment, alive);
    }

    /** Most plugins need no more than the pod's id, so what is configured now is worth a try. */
    private void releaseUnreadable(AttachmentKey key, Optional<Path> namespace, Fault.Corrupt fault)
            throws InterruptedException {
        List<CniConfList> networks = configurations.networks();
        CniConfList network = networks.get(Math.min(key.index(), networks.size() - 1));
        LOG.log(
                Level.WARNING,
                "detach pod sandbox " + key.id() + ": " + fault.getMessage() + "; the present network " + network
                        + " is asked to release it, and the file is set aside");
        release(CniAttachment.unreadable(key.id(), key.interfaceName(), network), namespace);
        store.setAside(key);
    }

    @Override
    public void collectGarbage(Supplier<Set<PodSandboxId>> recorded) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        releaseStrays(recorded, failures);
        if (!collecting().isEmpty()) {
            if (!turns.tryAcquire(TURNS, GARBAGE_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new Fault.Unavailable(
                        "give back networks of pods that are gone: for " + GARBAGE_PATIENCE.toSeconds()
                                + " s there was always a pod being attached or detached; call again");
            }
            try {
                collectByPlugins(recorded.get(), failures);
            } finally {
                turns.release(TURNS);
            }
        }
        if (!failures.isEmpty()) {
            throw new Fault.Unavailable("give back networks of pods that are gone: " + String.join("; ", failures));
        }
    }

    /** Beside pods that come and go, for a plugin may take its time; and no id is given twice. */
    private void releaseStrays(Supplier<Set<PodSandboxId>> recorded, List<String> failures)
            throws InterruptedException {
        // Attachments first: a pod is recorded before it is attached, so one that has no record then is gone.
        List<AttachmentKey> attachments = store.all().reversed();
        Set<PodSandboxId> valid = recorded.get();
        for (AttachmentKey key : attachments) {
            if (!valid.contains(key.id())) {
                turns.acquire();
                try {
                    release(key, Optional.empty());
                } catch (Fault fault) {
                    failures.add(fault.getMessage());
                } finally {
                    turns.release();
                }
            }
        }
    }

    private void collectByPlugins(Set<PodSandboxId> valid, List<String> failures) throws InterruptedException {
        List<AttachmentKey> keep =
                store.all().stream().filter(key -> valid.contains(key.id())).toList();
        for (CniConfList network : collecting()) {
            for (CniPluginConf plugin : network.plugins()) {
                try {
                    chain.collectGarbage(network, plugin, keep);
                } catch (Fault fault) {
                    failures.add(fault.getMessage());
                }
            }
        }
    }

    /** The present networks whose plugins collect garbage. */
    private List<CniConfList> collecting() {
        try {
            return configurations.networks().stream()
                    .filter(network -> network.version().hasStatusAndGc() && !network.disableGc())
                    .toList();
        } catch (Fault _) {
            return List.of(); // no configuration now: nobody to ask
        }
    }

    @Override
    public void podCidr(String cidr) {
        try {
            DurableFile.write(podCidrFile, cidr.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw AttachmentStore.ofWrite("keep the pod CIDR " + cidr + " in " + podCidrFile, e);
        }
    }

    @Override
    public Optional<String> podCidr() {
        try {
            return Optional.of(Files.readString(podCidrFile));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Fault.Unavailable("read the pod CIDR in " + podCidrFile + ": " + e, e);
        }
    }

    @Override
    public List<String> problems() {
        return store.unreadable().stream()
                .map(name -> "network attachment set aside, because it could not be read: " + name)
                .toList();
    }
}
