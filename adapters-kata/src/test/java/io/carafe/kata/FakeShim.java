package io.carafe.kata;

import io.carafe.domain.process.Signal;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import io.carafe.oci.ttrpc.ProtoFields;
import io.carafe.oci.ttrpc.ProtoMessage;
import io.carafe.oci.ttrpc.StatusCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shim with Kata's manners, for one pod: every task has the pid of the machine, FIFOs are opened when a task is started, an exit is
 * told when the output has ended, a signal reaches all, ending the input waits until it is read, and it does not end while it has tasks.
 *
 * <p>Its program is a script; a sleeping process stands for the machine; the service is this object.
 */
final class FakeShim implements AutoCloseable {
    private final Path directory;
    private final TtrpcServer server;
    private final Map<String, FakeTask> tasks = new ConcurrentHashMap<>();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    FakeShim() {
        try {
            this.directory = Files.createTempDirectory("fake-shim");
            Files.writeString(program(), """
                    #!/bin/sh
                    for last; do :; done
                    case $last in
                    start) sleep 100000 >/dev/null 2>&1 & echo $! >DIR/pid; printf unix://DIR/shim.sock ;;
                    delete) echo "$@" >>DIR/deleted; printf '\\010\\001\\020\\211\\001' ;;
                    *) echo fake 3.0 ;;
                    esac
                    """.replace("DIR", directory.toString()));
            Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwxr-xr-x"));
            this.server = new TtrpcServer(directory.resolve("shim.sock"), this::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path program() {
        return directory.resolve("containerd-shim-fake-v2");
    }

    /** From now on {@code method} is not answered. */
    void hang(String method) {
        hanging.add(method);
    }

    /** The next {@code times} that a container or sandbox is to be deleted, this is refused, as while Kata tears it down. */
    void refuseDeletion(int times) {
        refusals.set(times);
    }

    void unhang(String method) {
        hanging.remove(method);
    }

    void breakConnections() throws IOException {
        server.breakConnections();
    }

    /** The methods that were called, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    FakeTask task(String id) {
        return Optional.ofNullable(tasks.get(id)).orElseThrow();
    }

    /** The machine dies, and the shim with it. */
    void die() throws IOException {
        tasks.values().forEach(FakeTask::die);
        killMachine();
        server.close();
    }

    boolean machineRuns() throws IOException {
        return Files.exists(directory.resolve("pid"))
                && ProcessTable.HOST.identify(machine()).isPresent();
    }

    /** The command lines of the delete actions. */
    List<String> deletions() throws IOException {
        Path deleted = directory.resolve("deleted");
        return Files.exists(deleted) ? Files.readAllLines(deleted) : List.of();
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        die();
        for (String file : List.of("pid", "deleted", "containerd-shim-fake-v2")) {
            Files.deleteIfExists(directory.resolve(file));
        }
        Files.delete(directory);
    }

    private ProtoMessage answer(String method, ProtoFields request) throws Exception {
        calls.add(method);
        if (hanging.contains(method)) {
            end.await();
        }
        String id = request.text(1);
        String exec = request.text(2);
        return switch (method) {
            case "Create" -> create(id, request);
            case "Connect" -> new ProtoMessage().number(1, machine()).number(2, machine());
            case "Exec" -> {
                known(id).addExec(exec, request);
                yield new ProtoMessage();
            }
            case "Start" -> {
                known(id).process(exec).start();
                yield new ProtoMessage().number(1, machine());
            }
            case "State" -> known(id).state(machine());
            case "Wait" -> known(id).process(exec).awaitExit();
            case "Kill" -> {
                known(id).process(exec).kill((int) request.number(3));
                yield new ProtoMessage();
            }
            case "CloseIO" -> {
                known(id).process(exec).awaitEndOfInput();
                yield new ProtoMessage();
            }
            case "Delete" -> delete(id, exec);
            case "Stats" -> new ProtoMessage().message(1, known(id).stats());
            case "Shutdown" -> shutdown();
            default -> throw new TtrpcServer.Refusal(StatusCode.UNIMPLEMENTED, method + " is not implemented");
        };
    }

    private ProtoMessage create(String id, ProtoFields request) throws IOException {
        tasks.put(id, new FakeTask(request));
        return new ProtoMessage().number(1, machine());
    }

    private ProtoMessage delete(String id, String exec) throws Exception {
        FakeTask task = known(id);
        if (exec.isEmpty() && refusals.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
            throw new TtrpcServer.Refusal(StatusCode.UNKNOWN, "Container not ready or stopped, impossible to delete");
        }
        ProtoMessage exit = task.process(exec).exit();
        if (exec.isEmpty()) {
            tasks.remove(id);
        }
        return exit;
    }

    private ProtoMessage shutdown() throws IOException {
        if (tasks.isEmpty()) {
            killMachine();
        }
        return new ProtoMessage();
    }

    private FakeTask known(String id) throws TtrpcServer.Refusal {
        FakeTask task = tasks.get(id);
        if (task == null) {
            throw new TtrpcServer.Refusal(StatusCode.NOT_FOUND, "task " + id + " not found");
        }
        return task;
    }

    private long machine() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    }

    private void killMachine() throws IOException {
        if (machineRuns()) {
            ProcessTable.HOST.identify(machine()).ifPresent(machine -> Signals.send(machine, Signal.KILL));
        }
    }
}
