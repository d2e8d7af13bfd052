package io.carafe.gvisor;

import io.carafe.domain.process.Signal;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.ForegroundCommand;
import io.carafe.oci.cli.OciCommandLine;
import io.carafe.oci.cli.ShortCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The short sub-commands of runsc for one pod.
 *
 * <p>Every call carries the same global flags, and a state directory of the pod's own: there runsc, which takes an id for a prefix of
 * others, finds no strangers, and what it leaves goes with the directory. Concurrency: safe, runsc locks what it must.
 */
record Runsc(OciCommandLine commands, Duration timeout) {
    private static final byte[] NOTHING = {};
    private static final Pattern ENDED =
            Pattern.compile("no such process|file does not exist|not found|in state stopped|sandbox is not running");
    /** Another call of runsc removed it between this one's look for its state and the reading of it. */
    private static final Pattern REMOVED_MEANWHILE = Pattern.compile("open \\S+\\.state: no such file or directory");

    /** UID, PID, PPID, …, CMD. */
    private static final Pattern PROCESS = Pattern.compile("^\\s*\\d+\\s+(\\d+)\\s+(\\d+)\\s.*");

    /** Whether it refused because the container, or its first process, has ended: its waiter is about to say so. */
    static boolean saysItHasEnded(CommandFailure.BadExit failure) {
        return ENDED.matcher(failure.words()).find() || saysItIsRemoved(failure);
    }

    private static boolean saysItIsRemoved(CommandFailure.BadExit failure) {
        return REMOVED_MEANWHILE.matcher(failure.words()).find();
    }

    /** Starts the sandbox container, and with it the sandbox' kernel. */
    void start(String id) throws CommandFailure, InterruptedException {
        run("start", id);
    }

    /** To the container's first process. */
    void kill(String id, Signal signal) throws CommandFailure, InterruptedException {
        run("kill", id, Integer.toString(signal.number()));
    }

    /** To all its processes, also when the first has ended. */
    void killAll(String id, Signal signal) throws CommandFailure, InterruptedException {
        run("kill", "--all", id, Integer.toString(signal.number()));
    }

    /** To one process. */
    void kill(String id, long pid, Signal signal) throws CommandFailure, InterruptedException {
        run("kill", "--pid", Long.toString(pid), id, Integer.toString(signal.number()));
    }

    /** Removes a container in whatever state; content if there is none, not if its sandbox is dead. */
    void deleteByForce(String id) throws CommandFailure, InterruptedException {
        try {
            run("delete", "--force", id);
        } catch (CommandFailure.BadExit e) {
            if (!saysItIsRemoved(e)) {
                throw e;
            }
        }
    }

    /** JSON of {@code events --stats}. */
    String stats(String id) throws CommandFailure, InterruptedException {
        return run("events", "--stats", id);
    }

    /** Parents of a container's processes by their pids, which are those of the sandbox. */
    Map<Long, Long> parents(String id) throws CommandFailure, InterruptedException {
        return parents(run("ps", "--format=table", id).lines().toList());
    }

    static Map<Long, Long> parents(List<String> table) {
        Map<Long, Long> parents = new HashMap<>();
        for (String line : table) {
            Matcher process = PROCESS.matcher(line);
            if (process.matches()) {
                parents.put(Long.valueOf(process.group(1)), Long.valueOf(process.group(2)));
            }
        }
        return parents;
    }

    /** Makes the sandbox connect a listening unix socket to one of its TCP ports. */
    void portForward(Path socket, String id, int port) throws CommandFailure, InterruptedException {
        run("port-forward", "--stream", socket.toString(), id, Integer.toString(port));
    }

    /**
     * Starts a command in the foreground: the process ends with its exit code. It reads nothing.
     *
     * @param pidFile exists once the command runs
     * @param internalPid the pid inside the sandbox; exists before {@code pidFile}
     */
    Process exec(String id, Path process, Path pidFile, Path internalPid, Path log, Path stdout, Path stderr)
            throws CommandFailure {
        List<String> argv = command(
                OciCommandLine.logArguments(log),
                "exec",
                "--process",
                process.toString(),
                "--pid-file",
                pidFile.toString(),
                "--internal-pid-file",
                internalPid.toString(),
                id);
        return ForegroundCommand.start("exec in " + id, argv, stdout, stderr);
    }

    private String run(String... command) throws CommandFailure, InterruptedException {
        // its errors are on its error output too, as people read them
        List<String> argv = command(List.of("--log=/dev/null"), command);
        return ShortCommand.run("runsc " + String.join(" ", command), argv, NOTHING, timeout);
    }

    private List<String> command(List<String> log, String... rest) {
        List<String> argv = new ArrayList<>();
        argv.add(commands.program().toString());
        argv.addAll(commands.globalArguments());
        argv.addAll(log);
        argv.addAll(List.of(rest));
        return argv;
    }
}
