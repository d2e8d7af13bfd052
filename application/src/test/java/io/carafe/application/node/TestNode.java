package io.carafe.application.node;

import io.carafe.application.inventory.Records;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.image.Platform;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.TckContexts;
import io.carafe.ports.tck.image.TestImage;
import io.carafe.ports.tck.image.TestLayer;
import io.carafe.ports.tck.memory.MemoryHost;
import io.carafe.ports.tck.memory.MemoryImageRegistry;
import io.carafe.ports.tck.memory.MemoryPodNetwork;
import io.carafe.ports.tck.memory.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What a kill of the daemon leaves: host, disk, network, processes and a registry, all in memory but for some files. */
public final class TestNode {
    public static final String IMAGE = "registry.test/app:1";
    public static final Platform PLATFORM = new Platform("linux", "amd64", "");

    /** What is logged of failures that tests bring about says nothing; held, so that the setting lasts. */
    private static final Logger LOGGERS = Logger.getLogger("io.carafe.application");

    static {
        LOGGERS.setLevel(Level.OFF);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!(failure instanceof PowerLoss)) {
                Logger.getLogger("tests").log(Level.SEVERE, thread.getName(), failure);
            }
        });
    }

    final BackendContext context;
    final Map<PodSandboxId, String> addresses = new ConcurrentHashMap<>();
    final Map<RuntimeFeature, String> missing = new ConcurrentHashMap<>();

    public final MemoryHost host;
    public final MemoryStorage storage;
    public final MemoryPodNetwork network = new MemoryPodNetwork(addresses);
    public final MemoryProcesses processes;
    public final MemoryImageRegistry registry = new MemoryImageRegistry("registry.test", RegistryAuth.ANONYMOUS);

    private boolean handlerInstalled = true;
    private Duration patience = Duration.ofMillis(200);

    private TestNode(Path directory) {
        this.context = TckContexts.in(directory, Map.of());
        this.host = MemoryHost.in(context, CgroupDriver.CGROUPFS);
        this.storage = MemoryStorage.in(context);
        this.processes = new MemoryProcesses(context.clock());
    }

    /** A node with {@link #IMAGE} in its registry. */
    public static TestNode in(Path directory) {
        var node = new TestNode(directory);
        node.push(IMAGE, "app");
        return node;
    }

    /** Pushes an image of one layer with that content. */
    public TestImage push(String reference, String content) {
        TestImage image = TestImage.of(
                PLATFORM,
                "{\"Cmd\":[\"sleep\"]}",
                new TestLayer().file("content", content).directory("etc").file("etc/passwd", "root:x:0:0::/:\n"));
        registry.push(ImageReference.parse(reference), image);
        return image;
    }

    /** The next daemon lacks a feature in its handler. */
    public void lacks(RuntimeFeature feature) {
        missing.put(feature, "not in memory");
    }

    /** The next daemon does not find the JAR of the handler. */
    public void uninstallHandler() {
        handlerInstalled = false;
    }

    public void installHandler() {
        handlerInstalled = true;
    }

    /** How long the next daemon's stops wait for a killed process. */
    public void patience(Duration time) {
        patience = time;
    }

    /** The kernel forgets, the disk does not. */
    public void reboot() {
        host.namespaces().reboot();
        host.facts().reboot();
        processes.reboot();
    }

    /** Starts a daemon, as after the end of the one before: it recovers, sweeps and serves. */
    public TestDaemon start() throws InterruptedException {
        processes.forgetWatchers();
        var daemon = new TestDaemon(this, handlerInstalled, patience);
        daemon.recoverNode.recover();
        daemon.recoverNode.sweep();
        return daemon;
    }

    /** Starts one that has the image. */
    public TestDaemon startWithImage() throws InterruptedException {
        TestDaemon daemon = start();
        daemon.pullImage.pull(ImageReference.parse(IMAGE), RegistryAuth.ANONYMOUS);
        return daemon;
    }

    /** All that is held for pods and containers, in words with their ids; records too. */
    public Set<String> held() {
        Set<String> held = new TreeSet<>(heldOutsideOfRecords());
        storage.records().load(Records.SANDBOXES).values().keySet().forEach(id -> held.add("record of pod " + id));
        storage.records()
                .load(Records.CONTAINERS)
                .values()
                .keySet()
                .forEach(id -> held.add("record of container " + id));
        return held;
    }

    /** What is held, and whose id no record has. */
    public Set<String> strays() {
        Set<String> ids =
                new TreeSet<>(storage.records().load(Records.SANDBOXES).values().keySet());
        ids.addAll(storage.records().load(Records.CONTAINERS).values().keySet());
        return heldOutsideOfRecords().stream()
                .filter(what -> ids.stream().noneMatch(what::contains))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> heldOutsideOfRecords() {
        Set<String> held = new TreeSet<>();
        host.namespaces().list().forEach(id -> held.add("namespaces of " + id));
        host.files().list().forEach(id -> held.add("files of " + id));
        host.cgroup().made().forEach(path -> held.add("cgroup " + path));
        addresses.keySet().forEach(id -> held.add("address of " + id));
        processes.ids().forEach(id -> held.add("process of " + id));
        storage.snapshotter().snapshots().forEach(key -> held.add("snapshot " + key));
        return held;
    }
}
