package io.carafe.kata;

import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.ttrpc.ProtoFields;
import io.carafe.oci.ttrpc.ProtoMessage;
import io.carafe.oci.ttrpc.StatusCode;
import io.carafe.ports.tck.runtime.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * What a real Kata shim talks to when it is told to use a remote hypervisor: that hypervisor, and the agent in the guest. The guest is
 * this host: processes are children of ours.
 *
 * <p>Source: kata-containers src/runtime/protocols/hypervisor/hypervisor.proto, src/libs/protocols/protos/agent.proto, health.proto.
 */
final class FakeGuest implements AutoCloseable {
    private static final int SIGNALLED = 128;
    private static final int READ = 32768;
    private static final String CONFIGURATION = """
            [hypervisor.remote]
            remote_hypervisor_socket = "SOCKET"
            remote_hypervisor_timeout = 20
            enable_annotations = []
            default_bridges = 1
            memory_slots = 10
            disable_selinux = true
            [agent.kata]
            dial_timeout = 10
            [runtime]
            internetworking_model = "none"
            disable_guest_seccomp = true
            disable_new_netns = true
            sandbox_cgroup_only = false
            static_sandbox_resource_mgmt = true
            create_container_timeout = 60
            vfio_mode = "guest-kernel"
            """;

    private static final Path SYSTEM_LOG = Path.of("/dev/log");
    /** A directory for each pod, which stays if the shim is killed: its delete action knows nothing of a remote hypervisor. */
    private static final Path SHARED = Path.of("/run/kata-containers/shared/sandboxes");

    private final Path place;
    private final TtrpcServer hypervisor;
    private final TtrpcServer agent;
    private final Optional<Process> systemLog;
    private final Map<String, ProtoFields> specs = new ConcurrentHashMap<>();
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final Set<String> machines = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);

    FakeGuest() {
        try {
            this.place = Files.createTempDirectory(Path.of("/run"), "kata-it");
            this.hypervisor = new TtrpcServer(hypervisorSocket(), this::ofHypervisor);
            this.agent = new TtrpcServer(agentSocket(), this::ofAgent);
            this.systemLog = Files.exists(SYSTEM_LOG)
                    ? Optional.empty()
                    : Optional.of(new ProcessBuilder("/bin/busybox", "syslogd", "-n", "-O", "/dev/null").start());
            Eventually.isTrue("there is a system log", () -> Files.exists(SYSTEM_LOG));
            Files.writeString(configuration(), CONFIGURATION.replace("SOCKET", hypervisorSocket() + ""));
        } catch (Exception e) {
            throw new IllegalStateException("set the fake guest up", e);
        }
    }

    /** For the shim. */
    Path configuration() {
        return place.resolve("configuration.toml");
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        processes.values().forEach(Process::destroyForcibly);
        agent.close();
        hypervisor.close();
        if (systemLog.isPresent()) {
            systemLog.get().destroyForcibly().onExit().join();
            Files.deleteIfExists(SYSTEM_LOG);
        }
        machines.forEach(id -> new Bundle(SHARED.resolve(id)).remove());
        CgroupHierarchy.detect().cgroup("/kata_overhead").removeIfEmpty();
        Files.delete(configuration());
        Files.delete(place);
    }

    private Path hypervisorSocket() {
        return place.resolve("hypervisor.sock");
    }

    private Path agentSocket() {
        return place.resolve("agent.sock");
    }

    private ProtoMessage ofHypervisor(String method, ProtoFields request) {
        return switch (method) {
            case "CreateVM" -> {
                machines.add(request.text(1));
                yield new ProtoMessage().text(1, agentSocket().toString());
            }
            case "Version" -> new ProtoMessage().text(1, "0.0.0");
            default -> new ProtoMessage();
        };
    }

    private ProtoMessage ofAgent(String method, ProtoFields request) throws Exception {
        String container = request.text(1);
        String key = container + "/" + request.text(2);
        switch (method) {
            case "Check" -> {
                return new ProtoMessage().number(1, 1);
            }
            case "Version" -> {
                return new ProtoMessage().text(1, "0.0.1").text(2, "3.0.0");
            }
            case "CreateContainer" ->
                specs.put(container, request.messageOrEmpty(6).messageOrEmpty(2));
            case "StartContainer" -> run(container + "/" + container, known(specs, container));
            case "ExecProcess" -> run(key, request.messageOrEmpty(4));
            case "ReadStdout" -> {
                return read(known(processes, key).getInputStream());
            }
            case "ReadStderr" -> {
                return read(known(processes, key).getErrorStream());
            }
            case "WriteStdin" -> {
                known(processes, key).getOutputStream().write(request.bytes(3));
                known(processes, key).getOutputStream().flush();
                return new ProtoMessage().number(1, request.bytes(3).length);
            }
            case "CloseStdin" -> known(processes, key).getOutputStream().close();
            case "WaitProcess" -> {
                return new ProtoMessage().number(1, known(processes, key).waitFor());
            }
            case "SignalProcess" ->
                signal(known(processes, processes.containsKey(key) ? key : container + "/" + container));
            case "StatsContainer" -> {
                ProtoMessage cpu = new ProtoMessage().message(1, new ProtoMessage().number(1, 123_456));
                ProtoMessage memory = new ProtoMessage().message(2, new ProtoMessage().number(2, 4096));
                return new ProtoMessage()
                        .message(1, new ProtoMessage().message(1, cpu).message(2, memory));
            }
            case "GetOOMEvent" -> end.await();
            default -> {
                // the guest has nothing to do for it
            }
        }
        return new ProtoMessage();
    }

    private static <T> T known(Map<String, T> things, String key) throws TtrpcServer.Refusal {
        T thing = things.get(key);
        if (thing == null) {
            throw new TtrpcServer.Refusal(StatusCode.NOT_FOUND, key + " not found");
        }
        return thing;
    }

    private void run(String key, ProtoFields process) throws IOException {
        List<String> arguments = process.texts(4);
        boolean pause = arguments.getFirst().equals("/pause");
        ProcessBuilder builder = new ProcessBuilder(pause ? List.of("sleep", "100000") : arguments);
        processes.put(key, builder.start());
    }

    private static void signal(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static ProtoMessage read(InputStream stream) throws Exception {
        byte[] buffer = new byte[READ];
        int length = stream.read(buffer);
        if (length < 0) {
            throw new TtrpcServer.Refusal(StatusCode.UNKNOWN, "EOF");
        }
        return new ProtoMessage().bytes(1, Arrays.copyOf(buffer, length));
    }

    /** The code of a process that {@link #signal} has ended. */
    static int killed() {
        return SIGNALLED + 9;
    }
}
