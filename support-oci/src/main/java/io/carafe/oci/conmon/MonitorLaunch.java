package io.carafe.oci.conmon;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.cli.RuntimeLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Creates a container by conmon: each step is written down before the next, so that a crash at any line leaves what a removal finds.
 *
 * <pre>
 *   conmon started, waiting       monitor.json
 *   conmon in its own cgroup
 *   conmon begins: create         pid
 *   its message read              init.json
 * </pre>
 *
 * @param files in a directory that exists
 * @param cgroup conmon's own; empty to leave it in the daemon's
 */
public record MonitorLaunch(MonitorFiles files, Optional<Cgroup> cgroup, Threads threads) {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /**
     * Returns when the container is created.
     *
     * @param attempted what is done, on which id
     * @param command what the container shall run
     * @param argv of conmon, as {@link ConmonCommandLine#create} makes it
     * @throws io.carafe.domain.fault.Fault if the runtime refuses, with its words
     */
    public void run(String attempted, String command, List<String> argv)
            throws IOException, CommandFailure, InterruptedException {
        MonitorProcess monitor = Conmon.launch(argv, files);
        try {
            ProcessIdentity identity = monitor.identity();
            files.writeMonitor(identity);
            if (cgroup.isPresent()) {
                move(identity, cgroup.get());
            }
            monitor.begin();
            SyncMessage message = message(attempted, monitor);
            if (message.isFailure()) {
                String words = new RuntimeLog(files.runtimeLog()).lastError();
                throw RuntimeFault.ofWords(
                        attempted + " to run " + command, words.isEmpty() ? message.message() : words);
            }
            Optional<ProcessIdentity> init = ProcessTable.HOST.identify(message.value());
            if (init.isPresent()) {
                files.writeInit(init.get());
            }
        } catch (CommandFailure.Killed e) {
            // as when it finds no runtime at its path
            throw new CommandFailure.Killed(e.getMessage() + ", saying: " + files.lastComplaint());
        } finally {
            monitor.release();
        }
    }

    private static void move(ProcessIdentity monitor, Cgroup cgroup) throws CommandFailure {
        cgroup.create();
        try {
            cgroup.add(monitor.pid());
        } catch (LinuxException e) {
            if (e.isMissing()) {
                throw new CommandFailure.Killed("conmon " + monitor.pid() + " ended before it could begin");
            }
            throw e;
        }
    }

    private SyncMessage message(String attempted, MonitorProcess monitor) throws CommandFailure, InterruptedException {
        boolean answered = false;
        try {
            Optional<SyncMessage> message = threads.deadline().within(attempted, TIMEOUT, () -> {
                try {
                    return monitor.message();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            answered = true;
            return message.orElseThrow(() -> new CommandFailure.Killed("conmon ended without a message"));
        } finally {
            if (!answered) {
                // ends the thread that still reads its pipe
                monitor.kill();
            }
        }
    }
}
