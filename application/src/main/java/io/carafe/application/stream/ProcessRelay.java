package io.carafe.application.stream;

import io.carafe.application.task.Subtasks;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.TerminalSize;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Carries bytes between a process and a client until the output of the process has ended. */
public final class ProcessRelay {
    private static final System.Logger LOG = System.getLogger(ProcessRelay.class.getName());
    private static final int CHUNK = 32 * 1024;

    private final Tasks tasks;

    public ProcessRelay(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Opens a process whole: an interrupt in the middle, which might leave one that nobody knows, closes what was opened then.
     *
     * @param name what is under way, for threads and faults
     */
    public <T extends AttachedStreams> T open(String name, Callable<T> open) throws InterruptedException {
        var opening = new FutureTask<>(open);
        tasks.background(name, opening);
        try {
            return Subtasks.join(name, opening);
        } catch (InterruptedException e) {
            closeOnceOpen(name, opening);
            throw e;
        }
    }

    private static <T extends AttachedStreams> void closeOnceOpen(String name, FutureTask<T> opening) {
        boolean again = true;
        while (again) {
            try {
                Subtasks.join(name, opening).close();
                again = false;
            } catch (InterruptedException e) {
                LOG.log(System.Logger.Level.DEBUG, "{0} is being opened, to be closed", name);
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "{0} was not opened, or not closed: {1}", name, e.getMessage());
                again = false;
            }
        }
    }

    /** Listens for the sizes of the client's terminal from now on, if it has one. */
    public ClientSizes sizes(String name, ClientStreams client, StreamSet wanted) {
        return wanted.tty() ? ClientSizes.listen(tasks, "terminal of " + name, client) : ClientSizes.none();
    }

    /**
     * Returns when all output has been handed to the client. The client's own end of input, or its loss, does not end it: who
     * knows that the client is gone interrupts.
     *
     * @param name what is under way, for threads and faults
     * @param sizes of {@link #sizes}; from now on the process hears of each
     * @throws Fault.Unavailable if the process' output broke off, or the client does not take it
     */
    public void carry(String name, AttachedStreams process, ClientStreams client, StreamSet wanted, ClientSizes sizes)
            throws InterruptedException {
        List<Thread> inputs = new ArrayList<>();
        if (wanted.stdin()) {
            inputs.add(tasks.background("stdin of " + name, () -> carryInput(name, client.stdin(), process.stdin())));
        }
        sizes.to(size -> resize(name, process, size));
        try {
            OutputStream stdout = wanted.stdout() ? client.stdout() : OutputStream.nullOutputStream();
            OutputStream stderr = wanted.stderr() ? client.stderr() : OutputStream.nullOutputStream();
            List<Callable<Long>> outputs = List.of(
                    () -> carryOutput(name, process.stdout(), stdout),
                    () -> carryOutput(name, process.stderr(), stderr));
            tasks.all("output of " + name, outputs.size(), outputs);
        } finally {
            inputs.forEach(Thread::interrupt);
        }
    }

    private static long carryOutput(String name, InputStream from, OutputStream to) {
        byte[] chunk = new byte[CHUNK];
        long all = 0;
        try {
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                to.write(chunk, 0, n);
                all += n;
            }
            return all;
        } catch (IOException e) {
            throw new Fault.Unavailable(name + ": " + e.getMessage(), e);
        }
    }

    private static void carryInput(String name, InputStream from, OutputStream to) {
        byte[] chunk = new byte[CHUNK];
        boolean taken = true;
        try {
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                // what a process does not want must not stand in the way of what comes behind it
                taken = taken && write(name, to, chunk, n);
            }
            to.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "stdin of {0} ended: {1}", name, e.getMessage());
        }
    }

    private static boolean write(String name, OutputStream to, byte[] chunk, int length) {
        try {
            to.write(chunk, 0, length);
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} takes no more input: {1}", name, e.getMessage());
            return false;
        }
    }

    private static void resize(String name, AttachedStreams process, TerminalSize size) {
        try {
            process.resize(size.width(), size.height());
        } catch (Fault e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", name, e.getMessage());
        }
    }
}
