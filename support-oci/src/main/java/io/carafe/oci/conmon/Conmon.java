package io.carafe.oci.conmon;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts conmon, which then waits: nothing is created before {@link MonitorProcess#begin}.
 *
 * <p>The JDK gives a child three descriptors and conmon wants its pipes on others, so a shell moves them and becomes conmon. Its
 * error output goes to a file, since a pipe would break when the daemon ends.
 *
 * <p>Concurrency: safe. Crash: if we end before {@code begin}, conmon reads the end of the pipe for the sign to begin: whoever cleans
 * up must look for it by {@link #find}.
 */
public final class Conmon {
    private static final String CONTAINER = "exec 3>&1 4<&0 </dev/null >/dev/null; exec \"$@\"";
    private static final String EXEC = "exec 3>&1 4<&0 5>&2 </dev/null >/dev/null 2>&1; exec \"$@\"";
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Conmon() {}

    /** For a container: messages come on the sync pipe. */
    public static MonitorProcess launch(List<String> argv, MonitorFiles files) throws CommandFailure {
        ProcessBuilder builder = shell(CONTAINER, argv, files);
        builder.environment().putAll(Map.of("_OCI_SYNCPIPE", "3", "_OCI_STARTPIPE", "4"));
        builder.redirectError(files.complaints().toFile());
        return start(builder, argv);
    }

    /** For an exec with an attach socket: a second pipe tells when the socket is there. */
    public static MonitorProcess launchExec(List<String> argv, MonitorFiles files) throws CommandFailure {
        ProcessBuilder builder = shell(EXEC, argv, files);
        builder.environment().putAll(Map.of("_OCI_SYNCPIPE", "3", "_OCI_STARTPIPE", "4", "_OCI_ATTACHPIPE", "5"));
        return start(builder, argv);
    }

    /** The conmon processes whose bundle is {@code directory}: for when the daemon died before it wrote one down. */
    public static List<ProcessIdentity> find(Path program, Path directory) {
        return ProcessTable.HOST.withArgument(directory.toString()).stream()
                .filter(process -> ProcessTable.HOST.arguments(process.pid()).contains(program.toString()))
                .toList();
    }

    private static ProcessBuilder shell(String script, List<String> argv, MonitorFiles files) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(argv);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(files.bundle().directory().toFile());
        String path = builder.environment().getOrDefault("PATH", DEFAULT_PATH);
        // nothing of the daemon's own (its notify socket, its proxy's password) is a container's business
        builder.environment().clear();
        builder.environment().put("PATH", path);
        return builder;
    }

    private static MonitorProcess start(ProcessBuilder builder, List<String> argv) throws CommandFailure {
        try {
            return new MonitorProcess(builder.start());
        } catch (IOException e) {
            throw new CommandFailure.NotStarted("run " + argv.getFirst() + " in " + builder.directory(), e);
        }
    }
}
