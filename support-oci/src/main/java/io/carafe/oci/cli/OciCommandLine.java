package io.carafe.oci.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Argument lists for one runtime; runs nothing.
 *
 * @param program absolute path of runc, crun or runsc
 * @param root where the runtime keeps its own state ({@code --root})
 * @param globals flags before the sub-command, the same in every call: {@code --systemd-cgroup}, runsc's {@code --platform}
 */
public record OciCommandLine(Path program, Path root, List<String> globals) {
    public OciCommandLine {
        globals = List.copyOf(globals);
    }

    /** What comes between the program and the sub-command, for a monitor that makes the rest. */
    public List<String> globalArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--root=" + root);
        arguments.addAll(globals);
        return arguments;
    }

    /** Global arguments that make the runtime write its own log, a JSON object a line, to {@code log}. */
    public static List<String> logArguments(Path log) {
        return List.of("--log=" + log, "--log-format=json");
    }

    public List<String> start(String id, Path log) {
        return command(log, "start", id);
    }

    /** Removes a container in whatever state, and is content if there is none. */
    public List<String> deleteByForce(String id, Path log) {
        return command(log, "delete", "--force", id);
    }

    /** Changes limits; they are read from standard input. */
    public List<String> update(String id, Path log) {
        return command(log, "update", "--resources", "-", id);
    }

    /** Runs a process in the container, in the foreground; {@code pidFile} exists once it runs. */
    public List<String> exec(String id, Path process, Path pidFile, Path log) {
        return command(log, "exec", "--process", process.toString(), "--pid-file", pidFile.toString(), id);
    }

    public List<String> version() {
        return List.of(program.toString(), "--version");
    }

    /** JSON about what the program can do; runc has it since 1.1, crun since 1.9. */
    public List<String> features() {
        return List.of(program.toString(), "features");
    }

    private List<String> command(Path log, String... rest) {
        List<String> argv = new ArrayList<>();
        argv.add(program.toString());
        argv.addAll(globalArguments());
        argv.addAll(logArguments(log));
        argv.addAll(List.of(rest));
        return argv;
    }
}
