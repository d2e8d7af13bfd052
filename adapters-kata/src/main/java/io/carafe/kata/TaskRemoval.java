package io.carafe.kata;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.linux.mount.Mounts;
import io.carafe.oci.shim.TaskClient;
import io.carafe.oci.shim.TaskState;
import io.carafe.oci.ttrpc.PendingCall;
import io.carafe.oci.ttrpc.StatusCode;
import io.carafe.oci.ttrpc.TtrpcFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Removes all there is of a task, in whatever state it, its creation or its shim is.
 *
 * <p>Idempotent. Crash: the directory goes last, so it can be done again.
 */
record TaskRemoval(ShimTools tools, PodShims shims, TaskWatch watch) {
    private static final System.Logger LOG = System.getLogger(TaskRemoval.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(20);

    void remove(ShimTask task) throws InterruptedException {
        if (!task.exists()) {
            return;
        }
        ShimFault.doing("delete " + task, () -> {
            Optional<TaskTrace> trace = task.trace();
            if (trace.isPresent()) {
                end(task, trace.get());
                removeCgroup(trace.get());
            }
            watch.forget(task.id());
            tools.holder().letGo(task.id());
            Mounts.unmountTree(task.directory());
            if (task.what().equals("container")) {
                task.bundle().remove();
            }
        });
    }

    /** As {@link #remove}, but what goes wrong must not hide the failure that is under way: a later delete will tell. */
    void removeAfterFailure(ShimTask task) throws InterruptedException {
        try {
            remove(task);
        } catch (Fault e) {
            LOG.log(System.Logger.Level.WARNING, "clean up after a failure: " + e.getMessage());
        }
    }

    private void end(ShimTask task, TaskTrace trace) throws IOException, InterruptedException {
        try {
            // a connection that breaks is found out by this, and made anew
            shims.ask(trace.sandbox(), client -> client.state(task.id(), ShimTools.LOOK));
            TaskClient client = shims.client(trace.sandbox());
            if (!endByShim(task, client)) {
                cleanUp(task, trace);
            }
        } catch (ShimDead e) {
            // whoever watches it is doing the same, and must have done with its files
            if (!task.wasCreated()
                    || !watch.awaitEnd(task.id(), ShimTools.ENDING)
                    || task.exit().isEmpty()) {
                cleanUp(task, trace);
            }
        } catch (TtrpcFailure e) {
            if (e instanceof TtrpcFailure.Refused refusal) {
                throw new Fault.Unavailable("delete " + task + ": its shim refuses: " + refusal.words(), e);
            }
            if (task.what().equals("container")) {
                throw new Fault.TimedOut(
                        "delete " + task + ": " + e.getMessage()
                                + "; its shim hangs: remove the pod, which ends the shim by force",
                        e);
            }
            // its shim goes with it, by force
            LOG.log(System.Logger.Level.WARNING, "delete " + task + ": " + e.getMessage());
        }
    }

    /** False if the shim knows no such task. */
    private boolean endByShim(ShimTask task, TaskClient client) throws TtrpcFailure, IOException, InterruptedException {
        Optional<TaskState> state = client.state(task.id(), ShimTools.CALL);
        if (state.isEmpty()) {
            return false;
        }
        if (state.get().status() == TaskState.Status.PAUSED) {
            client.resume(task.id());
        }
        if (state.get().status() != TaskState.Status.STOPPED) {
            try (PendingCall exit = client.awaitExit(task.id(), "")) {
                client.kill(task.id(), "", Signal.KILL, true);
                TaskClient.exitOf(exit, ShimTools.ENDING);
            } catch (TtrpcFailure.Refused e) {
                if (e.code() != StatusCode.NOT_FOUND) {
                    throw e;
                }
            }
        }
        // it writes the last lines of the log and how the task ended
        watch.awaitEnd(task.id(), ShimTools.ENDING);
        return deleteByShim(task, client);
    }

    /** Kata from 4 on tells of an end first, tears down then, and refuses to delete what it is about to tear down. */
    private static boolean deleteByShim(ShimTask task, TaskClient client) throws TtrpcFailure, InterruptedException {
        long deadline = System.nanoTime() + ShimTools.ENDING.toNanos();
        while (true) {
            try {
                return client.delete(task.id(), "").isPresent();
            } catch (TtrpcFailure.Refused e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** What the shim does not know of, or cannot tell any more. */
    private void cleanUp(ShimTask task, TaskTrace trace) throws IOException, InterruptedException {
        watch.afterTheShim(task, trace, "deleted");
    }

    private void removeCgroup(TaskTrace trace) throws IOException, InterruptedException {
        if (tools.profile().onHost()) {
            // what the kernel did in it must not be laid to the other containers of the pod
            tools.oomLedger().settle(trace.cgroup());
            ShimTools.remove(tools.cgroups().cgroup(trace.cgroup()));
            tools.oomLedger().forget(trace.cgroup());
        }
    }
}
