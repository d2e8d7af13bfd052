package io.carafe.kata;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.process.HeldProcess;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.json.Json;
import io.carafe.oci.shim.Bootstrap;
import io.carafe.oci.shim.TaskClient;
import io.carafe.oci.ttrpc.TtrpcConnection;
import io.carafe.oci.ttrpc.TtrpcFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The shims of pods, one each, and our connections to them, which are made anew when they break.
 *
 * <p>Concurrency: safe. Crash: a shim that was started and never written down is found by its arguments when the pod is deleted.
 */
final class PodShims {
    private static final System.Logger LOG = System.getLogger(PodShims.class.getName());
    private static final Json JSON = new Json();
    private static final Duration SHUTDOWN = Duration.ofSeconds(3);
    /** Until a shim whose connections are closed is seen to be dead. */
    private static final Duration DYING = Duration.ofMillis(300);

    /** What is written down of a running shim. */
    private record Shim(String socket, int version, long pid, long startTime) {
        ProcessIdentity process() {
            return new ProcessIdentity(pid, startTime);
        }
    }

    private final ShimTools tools;
    private final Path directory;
    private final Map<String, TaskClient> clients = new ConcurrentHashMap<>();
    private final ReentrantLock connecting = new ReentrantLock();

    /** @param directory with a directory for each sandbox, where its config.json is */
    PodShims(ShimTools tools, Path directory) {
        this.tools = tools;
        this.directory = directory;
    }

    /** Starts the pod's shim; its config.json is there. */
    void start(String sandbox, Optional<Cgroup> cgroup)
            throws CommandFailure, IOException, TtrpcFailure, InterruptedException {
        Path bundle = directory.resolve(sandbox);
        if (cgroup.isPresent()) {
            Files.writeString(bundle.resolve("cgroup"), cgroup.get().path());
            cgroup.get().create();
        }
        Thread log = ShimLog.serve(bundle, sandbox, tools);
        boolean started = false;
        try {
            Bootstrap bootstrap = tools.program().start(sandbox, bundle, tools.options());
            TaskClient client = connect(bootstrap.socket(), bootstrap.version());
            ProcessIdentity process = identify(sandbox, client);
            JSON.write(
                    new Shim(bootstrap.socket().toString(), bootstrap.version(), process.pid(), process.startTime()),
                    record(sandbox));
            cgroup.ifPresent(own -> own.add(process.pid()));
            clients.put(sandbox, client);
            started = true;
        } finally {
            if (!started) {
                log.interrupt();
            }
        }
    }

    private static ProcessIdentity identify(String sandbox, TaskClient client)
            throws TtrpcFailure, IOException, InterruptedException {
        long pid = client.shimPid(sandbox);
        return ProcessTable.HOST
                .identify(pid)
                .orElseThrow(() -> new IOException("the shim of pod " + sandbox + " (pid " + pid + ") has ended"));
    }

    /**
     * A client of the pod's shim.
     *
     * @throws ShimDead if there is no shim any more
     * @throws TtrpcFailure.Lost if the shim runs and does not take connections
     */
    TaskClient client(String sandbox) throws ShimDead, TtrpcFailure.Lost, IOException {
        Optional<TaskClient> known = Optional.ofNullable(clients.get(sandbox)).filter(TaskClient::isOpen);
        if (known.isPresent()) {
            return known.get();
        }
        connecting.lock();
        try {
            known = Optional.ofNullable(clients.get(sandbox)).filter(TaskClient::isOpen);
            if (known.isPresent()) {
                return known.get();
            }
            Shim shim = shim(sandbox)
                    .orElseThrow(() -> new ShimDead("there is no shim of pod " + sandbox + "; run the pod anew"));
            if (!ProcessTable.HOST.isAlive(shim.process())) {
                throw new ShimDead(
                        "the shim of pod " + sandbox + " (pid " + shim.pid() + ") has died; run the pod anew");
            }
            TaskClient client = connect(Path.of(shim.socket()), shim.version());
            clients.put(sandbox, client);
            ShimLog.resume(directory.resolve(sandbox), sandbox, tools);
            return client;
        } finally {
            connecting.unlock();
        }
    }

    /** A call that may be repeated. */
    interface Question<T> {
        T ask(TaskClient client) throws TtrpcFailure, InterruptedException;
    }

    /** Asks, and once more by a new connection if the one at hand turns out to be broken: its shim may be dying, or not. */
    <T> T ask(String sandbox, Question<T> question) throws ShimDead, TtrpcFailure, IOException, InterruptedException {
        try {
            return question.ask(client(sandbox));
        } catch (TtrpcFailure.Lost e) {
            awaitEnd(sandbox, DYING);
            return question.ask(client(sandbox));
        }
    }

    /** As {@link #client}, for a task to be created: a shim that is no more than a monitor of the host's processes is replaced. */
    TaskClient clientOfNew(String sandbox) throws Exception {
        try {
            return client(sandbox);
        } catch (ShimDead e) {
            if (!tools.profile().onHost() || shim(sandbox).isEmpty()) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, e.why() + ": another is started for its new containers");
            start(sandbox, cgroup(sandbox));
            return client(sandbox);
        }
    }

    /** Waits a moment for the shim's end; false if it still runs. */
    boolean awaitEnd(String sandbox, Duration moment) throws IOException, InterruptedException {
        Optional<HeldProcess> held = shim(sandbox).map(Shim::process).flatMap(HeldProcess::open);
        if (held.isEmpty()) {
            return true;
        }
        try (HeldProcess open = held.get()) {
            return open.awaitEnd(tools.readiness(), moment);
        }
    }

    /** Where shim and holders of a pod are accounted to; empty where they stay where they were started. */
    Optional<Cgroup> cgroup(String sandbox) throws IOException {
        try {
            String path = Files.readString(directory.resolve(sandbox).resolve("cgroup"));
            return Optional.of(tools.cgroups().cgroup(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Below the pod's, for its shim. With systemd's driver it stays in the daemon's unit, as a scope needs D-Bus. */
    Optional<Cgroup> cgroupBelow(String podCgroup, String sandbox) {
        return tools.driver() == CgroupDriver.CGROUPFS
                ? Optional.of(tools.cgroups().cgroup(podCgroup).child("carafe-shim-" + sandbox))
                : Optional.empty();
    }

    /** Ends the pod's shim, by force if need be, and removes what is left of it outside its directory. Idempotent. */
    void end(String sandbox) throws IOException, InterruptedException {
        Optional<Shim> shim = shim(sandbox);
        if (shim.isPresent()) {
            askToEnd(sandbox);
            Signals.kill(shim.get().process(), tools.readiness(), ShimTools.ENDING);
        }
        Optional.ofNullable(clients.remove(sandbox)).ifPresent(TaskClient::close);
        for (ProcessIdentity stray : ProcessTable.HOST.withArgument(sandbox)) {
            List<String> arguments = ProcessTable.HOST.arguments(stray.pid());
            if (arguments.contains(tools.program().address())) {
                Signals.kill(stray, tools.readiness(), ShimTools.ENDING);
            }
        }
        if (shim.isPresent()) {
            Files.deleteIfExists(Path.of(shim.get().socket()));
        }
        Optional<Cgroup> cgroup = cgroup(sandbox);
        if (cgroup.isPresent()) {
            ShimTools.remove(cgroup.get());
        }
    }

    private void askToEnd(String sandbox) throws IOException, InterruptedException {
        try {
            client(sandbox).shutdown(sandbox);
            awaitEnd(sandbox, SHUTDOWN);
        } catch (TtrpcFailure.Lost e) {
            // some end before they have answered
            awaitEnd(sandbox, SHUTDOWN);
        } catch (TtrpcFailure | ShimDead e) {
            // it will be made to
        }
    }

    private TaskClient connect(Path socket, int version) throws TtrpcFailure.Lost {
        try {
            TtrpcConnection connection = TtrpcConnection.connect(socket, tools.readiness());
            tools.tasks().background("answers of shim " + socket.getFileName(), connection::pump);
            return new TaskClient(connection, version, ShimTools.CALL);
        } catch (IOException e) {
            throw new TtrpcFailure.Lost("connect to the shim at " + socket + ": " + e.getMessage(), e);
        }
    }

    private Optional<Shim> shim(String sandbox) throws IOException {
        try {
            return Optional.of(JSON.read(record(sandbox), Shim.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path record(String sandbox) {
        return directory.resolve(sandbox).resolve("shim.json");
    }
}
