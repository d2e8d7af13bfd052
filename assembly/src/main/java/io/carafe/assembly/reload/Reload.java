package io.carafe.assembly.reload;

import io.carafe.application.handler.HandlerTable;
import io.carafe.application.handler.Handlers;
import io.carafe.application.image.PinnedImages;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.status.ConfigurationInForce;
import io.carafe.application.status.ConfigurationInForce.Refusal;
import io.carafe.assembly.config.ConfigurationException;
import io.carafe.assembly.config.ConfigurationProblem;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.sandbox.HandlerBinding;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Takes up handlers, their default, adapters, pinned images and the log level. For new pods only: one that is there keeps the options
 * and the JAR that its record names. What is wrong changes nothing, and is to be seen in the log and in Status.
 *
 * <p>Concurrency: one at a time; calls under way see all of the old or all of the new.
 */
public final class Reload {
    private static final System.Logger LOG = System.getLogger(Reload.class.getName());

    private final ConfigurationSource source;
    private final Reading started;
    private final HandlerSource providers;
    private final Handlers handlers;
    private final PinnedImages pinned;
    private final Inventory inventory;
    private final Consumer<System.Logger.Level> logLevel;

    private Reading inForce;
    private volatile ConfigurationInForce status;

    public Reload(
            ConfigurationSource source,
            Reading started,
            HandlerSource providers,
            Handlers handlers,
            PinnedImages pinned,
            Inventory inventory,
            Consumer<System.Logger.Level> logLevel) {
        this.source = source;
        this.started = started;
        this.providers = providers;
        this.handlers = handlers;
        this.pinned = pinned;
        this.inventory = inventory;
        this.logLevel = logLevel;
        this.inForce = started;
        this.status = status(started, List.of());
    }

    public ConfigurationInForce status() {
        return status;
    }

    /** Reads all anew and takes it up, or says why not. */
    public synchronized void reload() {
        try {
            takeUp(source.read());
            sweep();
        } catch (ConfigurationException e) {
            refuse(e.problems().stream().map(ConfigurationProblem::toString).toList());
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.ERROR, "reload failed", e);
            refuse(List.of("cannot be taken up: " + e));
        }
    }

    private void takeUp(Reading next) {
        HandlerTable table = providers.table(next);
        HandlerTable before = handlers.table();
        providers.install(next);
        handlers.replace(table);
        pinned.replace(pinnedBy(next));
        logLevel.accept(next.configuration().daemon().logLevel());
        inForce = next;
        List<String> needsRestart = RestartOnly.differences(started, next);
        status = status(next, needsRestart);
        var changes = HandlerChanges.between(before, table);
        LOG.log(
                System.Logger.Level.INFO,
                "reloaded handlers added={0} changed={1} removed={2} default={3}",
                String.join(",", changes.added()),
                String.join(",", changes.changed()),
                String.join(",", changes.removed()),
                table.defaultName());
        status.adapters().forEach(problem -> LOG.log(System.Logger.Level.WARNING, problem::toString));
        if (!needsRestart.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "not taken up, since only a restart does it: {0}; restart the daemon, which touches no container",
                    needsRestart);
        }
    }

    private void refuse(List<String> problems) {
        status = status.refusing(new Refusal(source.clock().instant(), problems));
        problems.forEach(problem -> LOG.log(System.Logger.Level.ERROR, problem));
        LOG.log(
                System.Logger.Level.ERROR,
                "not reloaded, problems={0}; the configuration of {1} stays in force",
                problems.size(),
                status.readAt());
    }

    public static List<ImageReference> pinnedBy(Reading reading) {
        return reading.configuration().images().pinned().stream()
                .map(ImageReference::parse)
                .toList();
    }

    private static ConfigurationInForce status(Reading reading, List<String> needsRestart) {
        return new ConfigurationInForce(
                reading.at(), needsRestart, reading.catalog().problems(), Optional.empty());
    }

    /** Lets go of handlers and deletes copies of JARs that neither the directory nor a pod needs. After the records are read. */
    public synchronized void sweep() {
        try {
            forgetUnused();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "what no pod needs any more could not be let go of: " + e, e);
        }
    }

    private void forgetUnused() {
        // in this order: a pod that is being made is either seen in use, or has its record by the time those are listed
        Set<HandlerBinding> used = new HashSet<>(handlers.inUse());
        inventory.sandboxes().forEach(sandbox -> used.add(sandbox.handler()));
        inventory.containers().forEach(container -> used.add(container.handler()));
        handlers.keepOnly(used);
        if (!inventory.unreadableSandboxes().isEmpty()
                || !inventory.unreadableContainers().isEmpty()) {
            return; // nobody knows what they need
        }
        Set<String> digests = used.stream().map(HandlerBinding::providerDigest).collect(Collectors.toSet());
        digests.addAll(inForce.catalog().vendorDigests());
        digests.addAll(started.catalog().digestsOf(started.configuration()).values());
        source.adapters().keepOnly(digests);
    }
}
