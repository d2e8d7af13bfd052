package io.carafe.assembly.daemon;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs what is served from the start to the signal that ends it, reloads in between, and tells the service manager. */
public final class Daemon {
    private static final System.Logger LOG = System.getLogger(Daemon.class.getName());

    /** For calls that were interrupted to take back what they hold, and for locks and files to be closed. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(15);

    private final Serving serving;
    private final StopSignals signals;
    private final ReloadRequests reloads;
    private final Duration grace;
    private final Optional<Supervisor> supervisor;

    public Daemon(
            Serving serving,
            StopSignals signals,
            ReloadRequests reloads,
            Duration grace,
            Optional<Supervisor> supervisor) {
        this.serving = serving;
        this.signals = signals;
        this.reloads = reloads;
        this.grace = grace;
        this.supervisor = supervisor;
    }

    /** Returns when all is ended after a signal. */
    public void run() throws StartFailure, InterruptedException {
        serving.start();
        tell("READY=1");
        LOG.log(
                System.Logger.Level.INFO,
                "ready ms={0}",
                ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(start -> Duration.between(start, Instant.now()).toMillis())
                        .orElse(-1L));
        Thread reloading = Thread.ofPlatform().daemon().name("reload").start(this::reload);
        signals.await();
        reloads.close();
        reloading.join(AFTERWARDS); // so that its READY=1 does not come after our STOPPING=1
        LOG.log(System.Logger.Level.INFO, "ending, calls under way have seconds={0}", grace.toSeconds());
        // a unit's TimeoutStopSec may be shorter than the grace: what comes after it is short
        tell("STOPPING=1\nEXTEND_TIMEOUT_USEC="
                + TimeUnit.NANOSECONDS.toMicros(grace.plus(AFTERWARDS).toNanos()));
        serving.stop(grace);
        LOG.log(System.Logger.Level.INFO, "ended; containers run on");
    }

    private void reload() {
        try {
            while (reloads.await()) {
                // sd_notify(3) wants CLOCK_MONOTONIC, which is what the JVM's nanoTime reads on Linux
                tell("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
                serving.reload();
                tell("READY=1");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String assignment) {
        supervisor.ifPresent(asked -> {
            try {
                asked.tell(assignment);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot tell the service manager " + assignment, e);
            }
        });
    }
}
