package com.example.unshare;

import io.carafe.domain.spec.OciNamespace;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciSpec;
import io.carafe.domain.spec.OciUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines, and nothing else. */
final class ContainerCommand {
    private static final Map<String, String> FLAGS = Map.of("network", "--net", "ipc", "--ipc", "uts", "--uts");

    private ContainerCommand() {}

    /**
     * The container's own: into the pod's namespaces; a PID and a mount namespace of its own; the cgroups; the mounts; the root, the
     * user, the command. Whoever waits for the end of all that is found by the path of {@code keep}.
     */
    static List<String> run(Path unshare, Path directory, OciSpec spec) {
        List<String> joined = new ArrayList<>();
        List<String> made = new ArrayList<>();
        for (OciNamespace namespace : spec.linux().namespaces()) {
            String flag = FLAGS.get(namespace.type());
            if (flag != null) {
                namespace.path().ifPresentOrElse(path -> joined.add(flag + "=" + path), () -> made.add(flag));
            }
        }
        List<String> command = new ArrayList<>(List.of(UnshareProvider.NSENTER.toString()));
        command.addAll(joined);
        command.addAll(List.of("--", unshare.toString(), "--mount", "--pid"));
        command.addAll(made);
        command.addAll(List.of(
                "--", UnshareProvider.BASH.toString(), directory.resolve("keep").toString()));
        command.addAll(List.of(
                UnshareProvider.BASH.toString(), directory.resolve("join").toString()));
        command.addAll(List.of(
                UnshareProvider.BASH.toString(), directory.resolve("container").toString()));
        command.addAll(List.of(spec.root().path(), spec.root().readonly() ? "ro" : "rw"));
        command.addAll(environment(spec.process()));
        command.addAll(List.of(
                unshare.toString(),
                rooted(spec.root().path()),
                "--wd=" + spec.process().cwd()));
        command.addAll(user(spec.process().user()));
        command.add("--");
        command.addAll(spec.process().args());
        return command;
    }

    /** Another command beside the container's first process. */
    static List<String> exec(Path directory, long init, OciProcess process) {
        List<String> command = new ArrayList<>(List.of(
                UnshareProvider.BASH.toString(), directory.resolve("join").toString()));
        command.addAll(environment(process));
        command.addAll(List.of(UnshareProvider.NSENTER.toString(), target(init)));
        command.addAll(List.of("--mount", "--net", "--ipc", "--uts", "--pid", "--root", "--wdns=" + process.cwd()));
        command.addAll(user(process.user()));
        command.add("--");
        command.addAll(process.args());
        return command;
    }

    /** The argument that a container's first process has until it is the command itself. */
    static String rooted(String root) {
        return "--root=" + root;
    }

    /** The argument that all commands in a container have. */
    static String target(long init) {
        return "--target=" + init;
    }

    /** Whether unshare or nsenter has said with that code that it cannot execute the command. */
    static boolean isRefusal(int code, String words) {
        return (code == 126 || code == 127) && (words.startsWith("unshare: ") || words.startsWith("nsenter: "));
    }

    private static List<String> environment(OciProcess process) {
        List<String> words = new ArrayList<>(List.of("/usr/bin/env", "-i"));
        words.addAll(process.env());
        return words;
    }

    private static List<String> user(OciUser user) {
        return List.of("--setgid=" + user.gid(), "--setuid=" + user.uid());
    }
}
