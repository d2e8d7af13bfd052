package io.carafe.kata;

import io.carafe.domain.process.ExitStatus;
import io.carafe.oci.shim.TaskState;
import io.carafe.oci.ttrpc.TtrpcFailure;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Says what a task is doing: by what is written down of its end, else by asking its shim. */
record TaskObserver(ShimTools tools, PodShims shims, TaskWatch watch) {
    /** For a task that has ended: until its output is in the log. */
    private static final Duration FINISHING = Duration.ofSeconds(6);

    Observation observe(ShimTask task) throws InterruptedException {
        return ShimFault.during("observe " + task, () -> {
            if (!task.exists()) {
                return new Observation.Gone("there is no " + task.directory());
            }
            Optional<ExitStatus> exit = task.exit();
            Optional<TaskTrace> trace = task.trace();
            if (exit.isPresent()) {
                return new Observation.Exited(exit.get());
            }
            return trace.isPresent()
                    ? ask(task, trace.get())
                    : new Observation.Gone("nothing was made for " + task + " but a directory");
        });
    }

    /** Whether the shim has opened the task's FIFOs, as far as can be told; it has at the latest when the task runs. */
    boolean shimHasStreams(ShimTask task, TaskTrace trace) throws InterruptedException, IOException {
        if (tools.profile().onHost()) {
            return true;
        }
        try {
            return shims.client(trace.sandbox())
                    .state(task.id(), ShimTools.LOOK)
                    .filter(state -> state.status() == TaskState.Status.CREATED)
                    .isEmpty();
        } catch (TtrpcFailure | ShimDead e) {
            return true;
        }
    }

    private Observation ask(ShimTask task, TaskTrace trace) throws IOException, InterruptedException {
        try {
            Optional<TaskState> state = shims.ask(trace.sandbox(), client -> client.state(task.id(), ShimTools.LOOK));
            return state.isPresent()
                    ? found(task, trace, state.get())
                    : new Observation.Gone("its shim knows no task of " + task);
        } catch (ShimDead e) {
            return withoutShim(task, e.why());
        } catch (TtrpcFailure e) {
            return new Observation.Unreachable(tools.clock().instant(), String.valueOf(e.getMessage()));
        }
    }

    /** Whoever watches it will find it out, clean up and write it down; if nobody does, adopting will. */
    private Observation withoutShim(ShimTask task, String why) throws IOException, InterruptedException {
        if (!task.wasCreated()) {
            return new Observation.Gone(why + "; " + task + " was not created before");
        }
        watch.awaitEnd(task.id(), FINISHING);
        Optional<ExitStatus> exit = task.exit();
        return exit.isPresent()
                ? new Observation.Exited(exit.get())
                : new Observation.Unreachable(tools.clock().instant(), why);
    }

    private Observation found(ShimTask task, TaskTrace trace, TaskState state)
            throws IOException, InterruptedException {
        return switch (state.status()) {
            case CREATED -> new Observation.Created();
            case RUNNING -> new Observation.Running(task.livingInit());
            case PAUSED, PAUSING -> new Observation.Paused();
            case STOPPED -> ended(task, trace);
            case UNKNOWN ->
                new Observation.Unreachable(tools.clock().instant(), "its shim does not know the state of " + task);
        };
    }

    /** An end counts when the output is in the log; one that happened while no daemon was there is finished now. */
    private Observation ended(ShimTask task, TaskTrace trace) throws IOException, InterruptedException {
        watch.adopt(task, trace, true);
        watch.awaitEnd(task.id(), FINISHING);
        Optional<ExitStatus> exit = task.exit();
        return exit.isPresent()
                ? new Observation.Exited(exit.get())
                : new Observation.Unreachable(tools.clock().instant(), task + " has ended, its shim does not say how");
    }
}
