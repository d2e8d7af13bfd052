package io.carafe.oci.shim;

import io.carafe.domain.process.Signal;
import io.carafe.domain.process.TerminalSize;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.spec.OciProcess;
import io.carafe.oci.spec.SpecJson;
import io.carafe.oci.ttrpc.PendingCall;
import io.carafe.oci.ttrpc.ProtoFields;
import io.carafe.oci.ttrpc.ProtoMessage;
import io.carafe.oci.ttrpc.StatusCode;
import io.carafe.oci.ttrpc.TtrpcConnection;
import io.carafe.oci.ttrpc.TtrpcFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The task service of a running shim. Version 2 and 3 differ in the name of their package alone.
 *
 * <p>An {@code exec} that is empty means the task itself. Every call but {@link #awaitExit} has a deadline, for a shim may hang.
 * Concurrency: safe.
 */
public final class TaskClient implements AutoCloseable {
    private final TtrpcConnection connection;
    private final String service;
    private final Duration deadline;

    public TaskClient(TtrpcConnection connection, int version, Duration deadline) {
        this.connection = connection;
        this.service = "containerd.task.v" + version + ".Task";
        this.deadline = deadline;
    }

    /** Creates a task; answers a pid, see {@link TaskState#pid}. */
    public long create(String id, Path bundle, TaskStdio stdio, TypedMessage options, Duration patience)
            throws TtrpcFailure, InterruptedException {
        ProtoMessage request = new ProtoMessage()
                .text(1, id)
                .text(2, bundle.toString())
                .flag(4, stdio.terminal())
                .text(5, TaskStdio.text(stdio.stdin()))
                .text(6, TaskStdio.text(stdio.stdout()))
                .text(7, TaskStdio.text(stdio.stderr()))
                .message(10, options.toProto());
        return connection.call(service, "Create", request, patience).number(1);
    }

    public long start(String id, String exec) throws TtrpcFailure, InterruptedException {
        return call("Start", process(id, exec)).number(1);
    }

    /** Asks for the exit now, so that none is missed; {@link #exitOf} waits for the answer. */
    public PendingCall awaitExit(String id, String exec) throws TtrpcFailure {
        return connection.begin(service, "Wait", process(id, exec));
    }

    public static TaskExit exitOf(PendingCall pending) throws TtrpcFailure, InterruptedException {
        return read(pending.await(), TaskExit::ofWait);
    }

    /** As {@link #exitOf(PendingCall)}, with a limit. */
    public static TaskExit exitOf(PendingCall pending, Duration timeout) throws TtrpcFailure, InterruptedException {
        return read(pending.await(timeout), TaskExit::ofWait);
    }

    /** False if there is no such process, or it has ended. */
    public boolean kill(String id, String exec, Signal signal, boolean all) throws TtrpcFailure, InterruptedException {
        try {
            call("Kill", process(id, exec).number(3, signal.number()).flag(4, all));
            return true;
        } catch (TtrpcFailure.Refused e) {
            if (isOver(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Removes a task or exec that has ended; empty if there is none. */
    public Optional<TaskExit> delete(String id, String exec) throws TtrpcFailure, InterruptedException {
        try {
            return Optional.of(read(call("Delete", process(id, exec)), TaskExit::ofDeletion));
        } catch (TtrpcFailure.Refused e) {
            if (e.code() == StatusCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Prepares a command; {@link #start} runs it. */
    public void exec(String id, String exec, TaskStdio stdio, OciProcess process, Optional<TerminalSize> size)
            throws TtrpcFailure, InterruptedException {
        call(
                "Exec",
                new ProtoMessage()
                        .text(1, id)
                        .text(2, exec)
                        .flag(3, stdio.terminal())
                        .text(4, TaskStdio.text(stdio.stdin()))
                        .text(5, TaskStdio.text(stdio.stdout()))
                        .text(6, TaskStdio.text(stdio.stderr()))
                        .message(7, new TypedMessage(TypedMessage.PROCESS, SpecJson.bytes(process, size)).toProto()));
    }

    public void resize(String id, String exec, int width, int height) throws TtrpcFailure, InterruptedException {
        call("ResizePty", process(id, exec).number(3, width).number(4, height));
    }

    /** Ends the standard input. Whoever writes to its FIFO must have closed it: Kata answers when it has read all. */
    public void closeStdin(String id, String exec) throws TtrpcFailure, InterruptedException {
        call("CloseIO", process(id, exec).flag(3, true));
    }

    /** Empty if the shim knows no such task. */
    public Optional<TaskState> state(String id, Duration patience) throws TtrpcFailure, InterruptedException {
        try {
            ProtoFields response = connection.call(service, "State", process(id, ""), patience);
            return Optional.of(read(response, TaskState::of));
        } catch (TtrpcFailure.Refused e) {
            if (e.code() == StatusCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public void resume(String id) throws TtrpcFailure, InterruptedException {
        call("Resume", process(id, ""));
    }

    public void update(String id, LinuxResources resources) throws TtrpcFailure, InterruptedException {
        TypedMessage json = new TypedMessage(TypedMessage.RESOURCES, SpecJson.update(resources));
        call("Update", new ProtoMessage().text(1, id).message(2, json.toProto()));
    }

    /** What the task uses; empty in the answer of a shim that counts in a way we do not know. */
    public Optional<CgroupUsage> usage(String id, Instant now) throws TtrpcFailure, InterruptedException {
        return read(stats(id, deadline), stats -> TaskMetrics.usage(stats, now));
    }

    /** How often the kernel has killed a process of the task for want of memory; empty where the shim does not count it. */
    public OptionalLong oomKills(String id, Duration patience) throws TtrpcFailure, InterruptedException {
        return read(stats(id, patience), TaskMetrics::oomKills);
    }

    /** The shim's own process on the host. */
    public long shimPid(String id) throws TtrpcFailure, InterruptedException {
        return call("Connect", new ProtoMessage().text(1, id)).number(1);
    }

    /** Asks the shim to end, which it does when it has no tasks; the connection may end instead of an answer. */
    public void shutdown(String id) throws TtrpcFailure, InterruptedException {
        call("Shutdown", new ProtoMessage().text(1, id).flag(2, true));
    }

    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void close() {
        connection.close();
    }

    private ProtoFields stats(String id, Duration patience) throws TtrpcFailure, InterruptedException {
        ProtoFields response = connection.call(service, "Stats", new ProtoMessage().text(1, id), patience);
        return read(response, answer -> answer.messageOrEmpty(1));
    }

    private ProtoFields call(String method, ProtoMessage request) throws TtrpcFailure, InterruptedException {
        return connection.call(service, method, request, deadline);
    }

    private static ProtoMessage process(String id, String exec) {
        return new ProtoMessage().text(1, id).text(2, exec);
    }

    private static boolean isOver(TtrpcFailure.Refused refusal) {
        return refusal.code() == StatusCode.NOT_FOUND
                || refusal.words().contains("process already finished")
                || refusal.words().contains("not running")
                || refusal.words().contains("no such process");
    }

    private interface Reading<T> {
        T read(ProtoFields fields) throws IOException;
    }

    private static <T> T read(ProtoFields fields, Reading<T> reading) throws TtrpcFailure {
        try {
            return reading.read(fields);
        } catch (IOException e) {
            throw new TtrpcFailure.Refused(
                    "task service", StatusCode.UNKNOWN, "its answer cannot be read: " + e.getMessage());
        }
    }
}
