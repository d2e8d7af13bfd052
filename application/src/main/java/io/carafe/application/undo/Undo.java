package io.carafe.application.undo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Gives back, last first, what an operation took, unless it was kept. A step that can fail half-done pushes its inverse before
 * it runs. Not interruptible: an interrupt is held back until all steps have run. A failed step is logged and does not stop the
 * others; {@link #failures} names it, so the caller can keep a record that will be removed later.
 */
public final class Undo implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Undo.class.getName());

    /** The inverse of one step; idempotent. */
    public interface Step {
        void run() throws InterruptedException;
    }

    private record Named(String name, Step step) {}

    private final String operation;
    private final Deque<Named> steps = new ArrayDeque<>();
    private final List<String> failures = new ArrayList<>();

    public Undo(String operation) {
        this.operation = operation;
    }

    public void push(String name, Step step) {
        steps.push(new Named(name, step));
    }

    /** The operation succeeded: nothing will be given back. */
    public void keep() {
        steps.clear();
    }

    /** The steps that failed, with their reasons; filled by {@link #close}. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        while (!steps.isEmpty()) {
            Named next = steps.pop();
            try {
                next.step().run();
            } catch (InterruptedException e) {
                interrupted = true;
                failures.add(next.name() + ": interrupted");
            } catch (RuntimeException e) {
                failures.add(next.name() + ": " + e.getMessage());
                LOG.log(System.Logger.Level.WARNING, "undo of " + operation + ": " + next.name() + " failed", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
