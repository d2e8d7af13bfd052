package io.carafe.ports.tck.runtime;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.SandboxSecurity;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.namespace.PinnedNamespaces;
import io.carafe.linux.namespace.Sysctl;
import io.carafe.linux.process.ProcessTable;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.SandboxNeeds;
import io.carafe.ports.runtime.SandboxPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A pod as the application would make it for the handler: namespaces pinned, cgroup there, sandbox run. */
public final class TckPod {
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final RuntimeHandler handler;
    private final Path directory;
    private final Path rootfs;
    private final NamespaceOptions options;
    private final PodSandboxId id;
    private final PodCgroupPath cgroup;
    private final PinnedNamespaces pins;
    private final Map<NamespaceType, Path> namespaces = new EnumMap<>(NamespaceType.class);
    private final List<ContainerId> containers = new ArrayList<>();
    private boolean cgroupIsMade = true;
    private Map<String, String> sysctls = Map.of();

    private TckPod(
            RuntimeHandler handler,
            Path directory,
            Path rootfs,
            NamespaceOptions options,
            PodSandboxId id,
            String cgroup) {
        this.handler = handler;
        this.directory = directory;
        this.rootfs = rootfs;
        this.options = options;
        this.id = id;
        this.cgroup = new PodCgroupPath(cgroup, true);
        this.pins = new PinnedNamespaces(directory.resolve("ns").resolve(id.value()));
    }

    /** Makes the pod; its sandbox is run by {@link #run}. */
    static TckPod prepare(
            RuntimeHandler handler, Path directory, Path rootfs, NamespaceOptions options, String parentCgroup) {
        PodSandboxId id = new PodSandboxId(randomId());
        return new TckPod(handler, directory, rootfs, options, id, parentCgroup + "/" + id);
    }

    /** The pod of {@link #words}, in another process. */
    static TckPod known(RuntimeHandler handler, Path directory, Path rootfs, List<String> words) {
        TckPod pod = new TckPod(
                handler,
                directory,
                rootfs,
                options(NamespaceMode.valueOf(words.get(1))),
                new PodSandboxId(words.get(0)),
                words.get(2));
        pod.joined(words.get(3));
        return pod;
    }

    /** What {@link #known} makes it from: four words without tabs. */
    List<String> words() {
        return List.of(id.value(), options.pid().name(), cgroup.value(), text(namespaces));
    }

    static String text(Map<NamespaceType, Path> namespaces) {
        return namespaces.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Adds namespaces, as {@link #text} writes them. */
    void joined(String text) {
        for (String entry : text.split(" ", -1)) {
            if (!entry.isEmpty()) {
                namespaces.put(
                        NamespaceType.valueOf(entry.substring(0, entry.indexOf('='))),
                        Path.of(entry.substring(entry.indexOf('=') + 1)));
            }
        }
    }

    static NamespaceOptions options(NamespaceMode pid) {
        return new NamespaceOptions(NamespaceMode.POD, pid, NamespaceMode.POD, Optional.empty(), Optional.empty());
    }

    /** As where the kubelet has named a cgroup and made none. */
    TckPod withoutCgroup() {
        cgroupIsMade = false;
        return this;
    }

    TckPod withSysctls(Map<String, String> values) {
        sysctls = Map.copyOf(values);
        return this;
    }

    public TckPod run() throws InterruptedException {
        pin();
        namespaces.putAll(runSandbox());
        return this;
    }

    /** What the application does before it runs the sandbox. */
    void pin() throws InterruptedException {
        if (cgroupIsMade) {
            CgroupHierarchy.detect().cgroup(cgroup.value()).create();
        }
        Set<NamespaceType> pinned = handler.sandboxes().needs(options).pinned();
        Map<Sysctl, String> settings = sysctls.entrySet().stream()
                .filter(setting -> isOf(pinned, setting.getKey()))
                .collect(Collectors.toMap(setting -> new Sysctl(setting.getKey()), Map.Entry::getValue));
        namespaces.putAll(pins.pin(new PinnedNamespaces.Request(pinned, Optional.empty(), settings)));
    }

    /** @return the namespaces that it made */
    Map<NamespaceType, Path> runSandbox() throws InterruptedException {
        return handler.sandboxes().run(plan(handler.sandboxes().needs(options)));
    }

    public PodSandboxId id() {
        return id;
    }

    public PodCgroupPath cgroup() {
        return cgroup;
    }

    NamespaceOptions options() {
        return options;
    }

    public Map<NamespaceType, Path> namespaces() {
        return namespaces;
    }

    public Path log(ContainerId container) {
        return directory.resolve("logs").resolve(container + ".log");
    }

    /** Creates a container that runs a line of shell. */
    public ContainerId create(String shell) throws Exception {
        return create(new Request(List.of("sh", "-c", shell)));
    }

    /** Creates and starts it. */
    public ContainerId start(String shell) throws Exception {
        return start(new Request(List.of("sh", "-c", shell)));
    }

    public ContainerId start(Request request) throws Exception {
        ContainerId container = create(request);
        handler.containers().start(container);
        return container;
    }

    /** An id for a container that the test will create itself. */
    public ContainerId remember() {
        ContainerId container = new ContainerId(randomId());
        containers.add(container);
        return container;
    }

    public ContainerId create(Request request) throws Exception {
        ContainerId container = remember();
        handler.containers().create(plan(container, request));
        return container;
    }

    /** The plan of a container that is not remembered for {@link #close}. */
    public ContainerPlan plan(ContainerId container, Request request) throws IOException {
        Files.createDirectories(directory.resolve("logs"));
        OciProcess process = TckSpecs.process(request.args, request.terminal);
        Map<NamespaceType, Path> joined = new EnumMap<>(namespaces);
        request.additions.pidNamespace().ifPresent(path -> joined.put(NamespaceType.PID, path));
        OciSpec spec = request.additions.to(TckSpecs.container(
                process,
                rootfs,
                TckSpecs.namespaces(options, joined),
                cgroup.value() + "/" + container,
                request.memoryLimit));
        return new ContainerPlan(
                container, id, spec, cgroup, Optional.of(log(container)), request.stdin, request.stdinOnce);
    }

    public ExecPlan exec(ContainerId container, String shell) {
        return exec(container, List.of("sh", "-c", shell), false);
    }

    public ExecPlan exec(ContainerId container, List<String> args, boolean terminal) {
        return new ExecPlan(container, TckSpecs.process(args, terminal));
    }

    public String logText(ContainerId container) throws IOException {
        Path log = log(container);
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Removes all by {@code with}, which is the handler that has not been declared dead. */
    void close(RuntimeHandler with) throws InterruptedException {
        try {
            for (ContainerId container : containers) {
                with.containers().delete(container);
            }
        } finally {
            // also of a container that cannot be deleted: its pod takes along what runs
            with.sandboxes().delete(id);
            pins.unpin();
        }
    }

    /** So that a failed test leaves nothing either: shims and monitors, which need not be in the cgroup, the cgroup, the pins. */
    void removeByForce() throws InterruptedException {
        ProcessHandle.allProcesses().filter(this::isNamedInArguments).forEach(ProcessHandle::destroyForcibly);
        var found = CgroupHierarchy.detect().cgroup(cgroup.value());
        found.killAll(KILL_TIMEOUT);
        found.remove();
        pins.unpin();
    }

    private boolean isNamedInArguments(ProcessHandle process) {
        List<String> arguments = ProcessTable.HOST.arguments(process.pid());
        return ids().stream().anyMatch(name -> arguments.stream().anyMatch(argument -> argument.contains(name)));
    }

    public List<ContainerId> containers() {
        return List.copyOf(containers);
    }

    /** Its own and those of its containers: what their processes and files are named after. */
    List<String> ids() {
        List<String> ids = new ArrayList<>(List.of(id.value()));
        containers.stream().map(ContainerId::value).forEach(ids::add);
        return ids;
    }

    static String randomId() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    }

    private static boolean isOf(Set<NamespaceType> pinned, String sysctl) {
        return new Sysctl(sysctl).namespace().filter(pinned::contains).isPresent();
    }

    /** As the application plans it: the sysctls of what is not pinned are the sandbox container's. */
    private SandboxPlan plan(SandboxNeeds needs) {
        Map<String, String> left = sysctls.entrySet().stream()
                .filter(setting -> !isOf(needs.pinned(), setting.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Optional<OciSpec> spec = needs.sandboxContainer()
                ? Optional.of(
                        TckSpecs.sandbox(TckSpecs.namespaces(options, namespaces), cgroup.value() + "/" + id, left))
                : Optional.empty();
        PodSandboxConfig config = new PodSandboxConfig(
                new PodSandboxMetadata("pod", id.value(), "tck", 0),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.of(cgroup.value()),
                new SandboxSecurity(
                        options,
                        SandboxSecurity.DEFAULT.runAsUser(),
                        SandboxSecurity.DEFAULT.runAsGroup(),
                        false,
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty()),
                sysctls,
                Optional.empty(),
                Optional.empty());
        return new SandboxPlan(id, config, namespaces, spec, cgroup);
    }

    /** A container to create. */
    public record Request(
            List<String> args,
            boolean terminal,
            boolean stdin,
            boolean stdinOnce,
            Optional<Bytes> memoryLimit,
            SpecAdditions additions) {
        public Request(List<String> args) {
            this(args, false, false, false, Optional.empty(), SpecAdditions.NONE);
        }

        public static Request shell(String line) {
            return new Request(List.of("sh", "-c", line));
        }

        public Request withTerminal() {
            return new Request(args, true, true, stdinOnce, memoryLimit, additions);
        }

        public Request withStdin(boolean once) {
            return new Request(args, terminal, true, once, memoryLimit, additions);
        }

        public Request withMemoryLimit(Bytes limit) {
            return new Request(args, terminal, stdin, stdinOnce, Optional.of(limit), additions);
        }

        public Request with(SpecAdditions newAdditions) {
            return new Request(args, terminal, stdin, stdinOnce, memoryLimit, newAdditions);
        }
    }
}
