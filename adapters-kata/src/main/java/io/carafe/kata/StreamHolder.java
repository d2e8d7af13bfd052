package io.carafe.kata;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.fifo.FifoWriter;
import io.carafe.linux.pause.Architecture;
import io.carafe.linux.pause.PauseExecutable;
import io.carafe.linux.poll.Readiness;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.ShortCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processes that do nothing but keep FIFOs open while no daemon does.
 *
 * <p>A FIFO forgets its bytes when the last descriptor is closed. A shim closes its own when the container has ended, so without anybody
 * else the last lines of a container that ends while the daemon is down would be lost; and a container would see the end of its input
 * when the daemon dies. Each holder is the pause executable, some 8 KiB of memory.
 *
 * <p>Idempotent: letting go. Crash: a holder is found again by its arguments.
 */
record StreamHolder(Path program, Readiness readiness) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String OUTPUT = "output-of";
    private static final String INPUT = "input-of";

    /** Keeps what is in {@code fifos}; does not keep their readers from seeing the end. */
    void holdOutput(String id, List<Path> fifos, Optional<Cgroup> cgroup)
            throws CommandFailure, IOException, InterruptedException {
        List<FifoWriter> open = new ArrayList<>();
        try {
            for (Path fifo : fifos) {
                // opening for reading waits for a writer
                open.add(FifoWriter.open(fifo, readiness));
            }
            hold(OUTPUT, id, "<", fifos, cgroup);
        } finally {
            open.forEach(FifoWriter::close);
        }
    }

    /** Keeps the reader of {@code fifo} from seeing the end. */
    void holdInput(String id, Path fifo, Optional<Cgroup> cgroup)
            throws CommandFailure, IOException, InterruptedException {
        hold(INPUT, id, "<>", List.of(fifo), cgroup);
    }

    void letGoOfInput(String id) throws InterruptedException {
        end(INPUT, id);
    }

    void letGo(String id) throws InterruptedException {
        end(OUTPUT, id);
        end(INPUT, id);
    }

    private void hold(String what, String id, String redirection, List<Path> fifos, Optional<Cgroup> cgroup)
            throws CommandFailure, IOException, InterruptedException {
        install();
        StringBuilder script = new StringBuilder("exec");
        for (int i = 0; i < fifos.size(); i++) {
            script.append(' ')
                    .append(3 + i)
                    .append(redirection)
                    .append("\"$")
                    .append(4 + i)
                    .append('"');
        }
        script.append("; setsid \"$1\" \"$2\" \"$3\" </dev/null >/dev/null 2>&1 & echo $!");
        List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", script.toString(), "sh"));
        argv.addAll(List.of(program.toString(), what, id));
        fifos.forEach(fifo -> argv.add(fifo.toString()));
        String pid = ShortCommand.run("hold the streams of " + id, argv, new byte[0], TIMEOUT)
                .strip();
        try {
            long number = Long.parseLong(pid);
            cgroup.ifPresent(parent -> parent.add(number));
        } catch (NumberFormatException e) {
            throw new IOException("hold the streams of " + id + ": " + pid, e);
        }
    }

    private void end(String what, String id) throws InterruptedException {
        for (ProcessIdentity process : ProcessTable.HOST.withArgument(id)) {
            List<String> arguments = ProcessTable.HOST.arguments(process.pid());
            boolean ours = arguments.size() > 2
                    && arguments.get(arguments.indexOf(id) - 1).equals(what)
                    && arguments.contains(program.toString());
            if (ours && !Signals.kill(process, readiness, TIMEOUT)) {
                throw new Fault.TimedOut("end " + arguments + ": " + process + " did not end on " + Signal.KILL);
            }
        }
    }

    private void install() throws IOException {
        if (!Files.exists(program)) {
            Architecture architecture = Architecture.ofJvm(System.getProperty("os.arch"))
                    .orElseThrow(() -> new Fault.Unsupported(
                            "hold streams: there is no pause program for " + System.getProperty("os.arch")));
            PauseExecutable.install(architecture, program);
        }
    }
}
