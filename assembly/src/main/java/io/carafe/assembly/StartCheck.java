package io.carafe.assembly;

import io.carafe.application.task.Subtasks;
import io.carafe.assembly.config.BackendSettings;
import io.carafe.assembly.config.ConfigurationDraft;
import io.carafe.assembly.config.DaemonSettings;
import io.carafe.assembly.discovery.ProviderCatalog;
import io.carafe.domain.fault.Fault;
import io.carafe.grpc.CriServer;
import io.carafe.ports.network.PodNetworkProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.HealthCondition;
import io.carafe.streaming.StreamingServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a daemon would meet at its start with this configuration on this host. Nothing is changed, and a daemon that is running with
 * it is no obstacle. Of a value that is wrong in itself nothing more is said: the host would be judged by a default that nobody wants.
 */
record StartCheck(ConfigurationDraft draft, ProviderCatalog catalog) {
    /** Why it could not start. */
    List<String> failures() {
        List<String> found = new ArrayList<>(catalog.unservedOf(draft.configuration()));
        DaemonSettings daemon = draft.configuration().daemon();
        Set<Path> made = madeByTheDaemon(daemon);
        made.forEach(directory -> unmakeable(directory).ifPresent(found::add));
        Path parent = daemon.socket().getParent();
        if (draft.isAsWritten("daemon.run", "daemon.socket")
                && (parent == null || Files.isDirectory(parent) || !made.contains(parent))) {
            failureOf(() -> CriServer.check(daemon.socket())).ifPresent(found::add);
        }
        if (draft.isAsWritten(
                "streaming.address", "streaming.port", "streaming.tls_certificate", "streaming.tls_key")) {
            failureOf(() -> StreamingServer.check(ServerModule.streamingOptions(draft.configuration())))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** What lies below {@code run} unless it is said has its default, too. */
    private Set<Path> madeByTheDaemon(DaemonSettings daemon) {
        Set<Path> made = new LinkedHashSet<>();
        if (draft.isAsWritten("daemon.root")) {
            made.add(daemon.root());
        }
        if (draft.isAsWritten("daemon.run")) {
            made.add(daemon.run());
        }
        if (draft.isAsWritten("daemon.run", "daemon.sockets")) {
            made.add(daemon.sockets());
        }
        return made;
    }

    private static Optional<String> failureOf(Runnable check) {
        try {
            check.run();
            return Optional.empty();
        } catch (Fault e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> unmakeable(Path directory) {
        Path existing = directory;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        String attempt = "cannot make " + directory + ": ";
        if (!Files.isDirectory(existing)) {
            return Optional.of(attempt + existing + " is no directory");
        }
        try {
            return Files.getFileStore(existing).isReadOnly()
                    ? Optional.of(attempt + existing + " is on a file system that is read-only")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(attempt + e);
        }
    }

    /** What it would start without. */
    List<String> warnings() {
        List<String> found = new ArrayList<>();
        catalog.problems().forEach(problem -> found.add(problem.toString()));
        found.addAll(catalog.missingHandlersOf(draft.configuration()));
        networkProblem().ifPresent(why -> found.add("pods would have no network: " + why));
        return found;
    }

    /** By a network of this provider that has directories of its own, which are gone afterwards. */
    private Optional<String> networkProblem() {
        BackendSettings settings = draft.configuration().network();
        Availability availability = catalog.networks().availability(settings.provider(), settings.options());
        if (!(availability instanceof Availability.Available)) {
            return Optional.empty(); // which is said elsewhere
        }
        PodNetworkProvider provider =
                catalog.networks().find(settings.provider()).orElseThrow().service();
        try {
            Path scratch = Files.createTempDirectory("carafed-check-");
            try {
                var context = new BackendContext(
                        scratch, scratch, scratch, settings.options(), InstantSource.system(), new Subtasks());
                HealthCondition health = provider.create(context).health();
                return health.ok() ? Optional.empty() : Optional.of(health.message());
            } finally {
                remove(scratch);
            }
        } catch (IOException | RuntimeException e) {
            return Optional.of("its provider '" + settings.provider() + "' could not be asked: " + e);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
