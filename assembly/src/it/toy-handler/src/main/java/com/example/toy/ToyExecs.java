package com.example.toy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.Bytes;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.spi.Tasks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process beside the container's own. */
final class ToyExecs implements Execs {
    private final ToyContainers containers;
    private final Tasks tasks;

    ToyExecs(ToyContainers containers, Tasks tasks) {
        this.containers = containers;
        this.tasks = tasks;
    }

    @Override
    public ExecResult run(ExecPlan plan, Duration timeout, Bytes outputLimit) throws InterruptedException {
        String attempted = "exec in container " + plan.container();
        ToyContainer container = containers.container("exec in", plan.container());
        if (!(container.observe() instanceof Observation.Running)) {
            throw new Fault.WrongState(attempted + ": it is " + container.observe());
        }
        Process process;
        try {
            process = container.command(plan.process()).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new Fault.Unavailable(attempted + ": " + e.getMessage(), e);
        }
        Thread killer = tasks.background("deadline of " + attempted, () -> killAfter(process, timeout));
        try {
            List<byte[]> outputs = tasks.all(
                    attempted,
                    2,
                    List.of(
                            () -> read(process.getInputStream(), outputLimit),
                            () -> read(process.getErrorStream(), outputLimit)));
            int code = process.waitFor();
            killer.interrupt();
            killer.join();
            if (!timeout.isZero() && code == 137) {
                throw new Fault.TimedOut(attempted + ": killed after " + timeout);
            }
            return new ExecResult(code, outputs.get(0), outputs.get(1));
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public ExecSession open(ExecPlan plan, boolean stdin) {
        throw new Fault.Unsupported("exec with streams in container " + plan.container() + ": not by the toy handler");
    }

    private static void killAfter(Process process, Duration timeout) {
        try {
            if (!timeout.isZero() && !process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                // by its handle, which leaves the streams open for what is still to be read
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            // it ended in time
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] read(InputStream stream, Bytes limit) {
        try (stream) {
            byte[] kept = stream.readNBytes((int) Math.min(limit.value(), Integer.MAX_VALUE));
            stream.transferTo(OutputStream.nullOutputStream());
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
