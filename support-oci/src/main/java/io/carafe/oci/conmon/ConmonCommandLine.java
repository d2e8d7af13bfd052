package io.carafe.oci.conmon;

import io.carafe.oci.cli.OciCommandLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Argument lists for conmon; runs nothing.
 *
 * @param program absolute path of conmon
 * @param runtime what conmon runs; its global flags are handed through
 * @param noPivot for hosts whose root is an initramfs
 */
public record ConmonCommandLine(Path program, OciCommandLine runtime, boolean noPivot) {
    /**
     * How a container's streams are set up.
     *
     * @param log CRI-format file to append to; empty for none
     * @param stdinOnce whether input ends with the first client that ends its own
     */
    public record Streams(Optional<Path> log, boolean terminal, boolean stdin, boolean stdinOnce) {}

    /** Creates and then watches a container. */
    public List<String> create(String id, MonitorFiles files, Streams streams) {
        List<String> argv = common(id, id, files);
        argv.addAll(List.of("--persist-dir", files.bundle().directory().toString()));
        argv.addAll(List.of(
                "--log-path", streams.log().map(path -> "k8s-file:" + path).orElse("none")));
        if (noPivot) {
            argv.add("--no-pivot");
        }
        if (streams.terminal()) {
            argv.add("--terminal");
        } else if (streams.stdin()) {
            argv.add("--stdin");
        }
        if (streams.stdin() && !streams.stdinOnce()) {
            argv.add("--leave-stdin-open");
        }
        return argv;
    }

    /**
     * Runs a process in container {@code id}, its streams on an attach socket in the directory of {@code files}. No persist or exit
     * directory: conmon would write the exit file of the container.
     *
     * @param session a name of its own
     */
    public List<String> execAttached(
            String id, String session, MonitorFiles files, Path process, boolean terminal, boolean stdin) {
        List<String> argv = common(id, session, files);
        argv.addAll(List.of(
                "--api-version",
                "1",
                "--exec",
                "--exec-attach",
                "--exec-process-spec",
                process.toString(),
                "--log-path",
                "none"));
        if (terminal) {
            argv.add("--terminal");
        } else if (stdin) {
            argv.add("--stdin");
        }
        return argv;
    }

    private List<String> common(String id, String name, MonitorFiles files) {
        List<String> argv = new ArrayList<>(List.of(
                program.toString(),
                // keeps conmon our own child, or the JDK would close the pipe of its message when its first half ends
                "--sync",
                "--cid",
                id,
                "--cuuid",
                name,
                "--name",
                name,
                "--bundle",
                files.bundle().directory().toString(),
                "--container-pidfile",
                files.pidFile().toString(),
                // the socket in the bundle, however long its path
                "--full-attach",
                "--log-level",
                "warning",
                "--runtime",
                runtime.program().toString()));
        List<String> arguments = new ArrayList<>(runtime.globalArguments());
        arguments.addAll(OciCommandLine.logArguments(files.runtimeLog()));
        arguments.forEach(argument -> argv.add("--runtime-arg=" + argument));
        return argv;
    }
}
