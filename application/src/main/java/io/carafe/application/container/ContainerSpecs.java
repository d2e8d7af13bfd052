package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.HostProfiles;
import io.carafe.application.inventory.Inventory;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerDevice;
import io.carafe.domain.container.ContainerMount;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.container.MountPropagation;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Image;
import io.carafe.domain.launch.ContainerSpecFactory;
import io.carafe.domain.launch.ContainerSpecRequest;
import io.carafe.domain.launch.ContainerUserResolver;
import io.carafe.domain.launch.PodPaths;
import io.carafe.domain.launch.SpecDevice;
import io.carafe.domain.launch.SpecMount;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.SecurityProfile;
import io.carafe.domain.spec.OciDevice;
import io.carafe.domain.spec.OciSpec;
import io.carafe.ports.host.HostFacts.PathFacts;
import io.carafe.ports.host.HostFacts.Propagation;
import io.carafe.ports.host.HostProvider.Host;
import io.carafe.ports.image.RootFiles;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.RuntimeFeature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers from the host what the pure spec factory needs, and refuses what this host or handler cannot do. */
public final class ContainerSpecs {
    private static final System.Logger LOG = System.getLogger(ContainerSpecs.class.getName());

    private final Host host;
    private final RootFiles rootFiles;
    private final Inventory inventory;
    private final Handlers handlers;

    public ContainerSpecs(Host host, RootFiles rootFiles, Inventory inventory, Handlers handlers) {
        this.host = host;
        this.rootFiles = rootFiles;
        this.inventory = inventory;
        this.handlers = handlers;
    }

    void refuseUnsupported(ContainerConfig config, PodSandbox sandbox) {
        var binding = sandbox.handler();
        var security = config.security();
        if (security.privileged()) {
            handlers.require(binding, RuntimeFeature.PRIVILEGED, "a privileged container");
            if (!sandbox.config().security().privileged()) {
                throw new Fault.InvalidArgument(
                        "create container '" + config.metadata().name() + "': it is privileged, but its pod sandbox "
                                + sandbox.id() + " is not");
            }
        }
        if (security.namespaces().pid() == NamespaceMode.TARGET) {
            handlers.require(binding, RuntimeFeature.TARGET_PID, "a target container's PID namespace");
        }
        if (!config.devices().isEmpty()) {
            handlers.require(binding, RuntimeFeature.DEVICES, "devices");
        }
        for (ContainerMount mount : config.mounts()) {
            if (mount.propagation() != MountPropagation.PRIVATE) {
                handlers.require(binding, RuntimeFeature.MOUNT_PROPAGATION, "mount propagation");
            }
            if (mount.recursiveReadOnly()) {
                refuseBadRecursiveReadOnly(mount);
                handlers.require(
                        binding,
                        RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS,
                        "RROUnsupported: the recursive read-only mount " + mount.containerPath());
            }
            if (!mount.uidMappings().isEmpty() || !mount.gidMappings().isEmpty()) {
                handlers.require(binding, RuntimeFeature.IDMAP_MOUNTS, "an id-mapped mount");
            }
        }
    }

    /** No refusal: pods ask for filters by default, and a handler that has none of its own keeps the host safe by other means. */
    private void warnOfSeccomp(Container container, PodSandbox sandbox) {
        if (container.config().security().seccomp().orElse(null) instanceof SecurityProfile.Localhost(String file)) {
            handlers.whyNot(sandbox.handler(), RuntimeFeature.SECCOMP)
                    .ifPresent(reason -> LOG.log(
                            System.Logger.Level.WARNING,
                            "container " + container.id() + " is to be filtered by seccomp profile " + file
                                    + ", of which runtime handler '"
                                    + sandbox.handler().name()
                                    + "' does not hold all: " + reason
                                    + "; where all must hold, take another handler"));
        }
    }

    private static void refuseBadRecursiveReadOnly(ContainerMount mount) {
        if (!mount.readonly() || mount.propagation() != MountPropagation.PRIVATE) {
            throw new Fault.InvalidArgument("mount " + mount.containerPath()
                    + ": recursive_read_only needs readonly = true and propagation PROPAGATION_PRIVATE");
        }
    }

    /** Absolute; its directory is made. Empty where no log is wanted. */
    Optional<Path> logPath(PodSandbox sandbox, ContainerConfig config) {
        if (config.logPath().isEmpty()) {
            return Optional.empty();
        }
        if (sandbox.config().logDirectory().isEmpty()) {
            throw new Fault.InvalidArgument(
                    "config.log_path: '" + config.logPath() + "' lies nowhere, since pod sandbox " + sandbox.id()
                            + " was run without a log_directory; set that, or leave log_path out");
        }
        Path directory = sandbox.config().logDirectory().get().normalize();
        Path path = directory.resolve(config.logPath()).normalize();
        if (!path.startsWith(directory) || path.equals(directory)) {
            throw new Fault.InvalidArgument(
                    "log_path '" + config.logPath() + "' leaves the log directory " + directory);
        }
        host.facts().makeDirectories(path.resolveSibling(".").normalize());
        return Optional.of(path);
    }

    ContainerUser user(ContainerConfig config, Image image, Path rootfs) {
        return ContainerUserResolver.resolve(
                config.security(),
                image.config().user(),
                rootFiles.read(rootfs, "/etc/passwd"),
                rootFiles.read(rootfs, "/etc/group"));
    }

    OciSpec make(Container container, PodSandbox sandbox, Image image, Path rootfs, ContainerUser user)
            throws InterruptedException {
        ContainerConfig config = container.config();
        for (String volume : image.config().volumes()) {
            rootFiles.makeDirectories(rootfs, volume);
        }
        boolean hostIpc = sandbox.config().security().namespaces().ipc() == NamespaceMode.NODE;
        var files = host.files().paths(sandbox.id(), hostIpc);
        OciSpec spec = ContainerSpecFactory.create(new ContainerSpecRequest(
                container.id(),
                config,
                image.config(),
                sandbox,
                rootfs,
                user,
                HostProfiles.of(host.facts()),
                mounts(config),
                devices(config),
                new PodPaths(files.hostname(), files.hosts(), files.resolvConf(), files.shm()),
                pidNamespace(config, sandbox),
                HostProfiles.localhostSeccomp(host.facts(), config.security().seccomp())));
        warnOfSeccomp(container, sandbox);
        return spec;
    }

    private List<SpecMount> mounts(ContainerConfig config) throws InterruptedException {
        List<SpecMount> mounts = new ArrayList<>();
        for (ContainerMount mount : config.mounts()) {
            Path source = Path.of(mount.hostPath());
            PathFacts facts = host.facts().path(source);
            if (!facts.exists()) {
                throw new Fault.InvalidArgument("mount " + mount.containerPath() + " of container '"
                        + config.metadata().name() + "': host path " + source
                        + " does not exist; make it, or let the pod's hostPath volume say type DirectoryOrCreate");
            }
            refuseBadPropagation(mount, facts);
            mounts.add(new SpecMount(mount, facts.resolved().toString()));
        }
        return mounts;
    }

    private static void refuseBadPropagation(ContainerMount mount, PathFacts facts) {
        boolean shared =
                facts.propagation() == Propagation.SHARED || facts.propagation() == Propagation.SHARED_AND_SLAVE;
        boolean allowed = switch (mount.propagation()) {
            case PRIVATE -> true;
            case BIDIRECTIONAL -> shared;
            case HOST_TO_CONTAINER -> shared || facts.propagation() == Propagation.SLAVE;
        };
        if (!allowed) {
            throw new Fault.InvalidArgument(
                    "mount %s of %s wants %s, but the host's mount that holds it is %s; make it shared with mount --make-rshared"
                            .formatted(
                                    mount.containerPath(), facts.resolved(), mount.propagation(), facts.propagation()));
        }
    }

    private List<SpecDevice> devices(ContainerConfig config) {
        List<SpecDevice> devices = new ArrayList<>();
        for (ContainerDevice device : config.devices()) {
            for (OciDevice found : host.facts().devices(Path.of(device.hostPath()))) {
                String path = device.containerPath()
                        + found.path().substring(device.hostPath().length());
                var renamed = new OciDevice(
                        path, found.type(), found.major(), found.minor(), found.fileMode(), found.uid(), found.gid());
                devices.add(new SpecDevice(renamed, device.permissions()));
            }
        }
        return devices;
    }

    private Optional<Path> pidNamespace(ContainerConfig config, PodSandbox sandbox) throws InterruptedException {
        return switch (config.security().namespaces().pid()) {
            case CONTAINER, NODE -> Optional.empty();
            case POD ->
                Optional.of(Optional.ofNullable(sandbox.namespaces().get(NamespaceType.PID))
                        .orElseThrow(() -> new Fault.InvalidArgument("create container '"
                                + config.metadata().name() + "': it asks for the pod's PID namespace, but pod sandbox "
                                + sandbox.id() + " was run without one (its own pid mode is "
                                + sandbox.config().security().namespaces().pid() + ")")));
            case TARGET -> Optional.of(targetPidNamespace(config, sandbox));
        };
    }

    private Path targetPidNamespace(ContainerConfig config, PodSandbox sandbox) throws InterruptedException {
        String targetId = config.security().namespaces().targetId().orElse("");
        Container target = inventory.container(targetId);
        if (!target.sandboxId().equals(sandbox.id())) {
            throw new Fault.InvalidArgument(
                    "target container " + target.id() + " is not in pod sandbox " + sandbox.id());
        }
        ContainerLookup.requireRunning(target, "join the PID namespace of");
        Observation observed = handlers.of(target.handler()).containers().observe(target.id());
        if (observed instanceof Observation.Running(var init) && init.isPresent()) {
            return Path.of("/proc/" + init.get().pid() + "/ns/pid");
        }
        throw new Fault.WrongState("join the PID namespace of container " + target.id() + ": found " + observed);
    }
}
