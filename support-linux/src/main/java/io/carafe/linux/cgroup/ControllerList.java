package io.carafe.linux.cgroup;

import io.carafe.linux.file.ControlFile;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** The controllers of one cgroup of version 2, and handing them down. */
final class ControllerList {
    private ControllerList() {}

    static Set<String> available(Path cgroup) {
        return words(cgroup.resolve("cgroup.controllers"));
    }

    /**
     * Lets the children of {@code cgroup} have every controller that it has itself. A cgroup that holds processes stays as it is, and
     * its children are without limits of their own: it would refuse most controllers, and with the others (cpu, pids) it would become
     * threaded, so that its children took no process at all. The root is exempt.
     */
    static void handDown(Path cgroup) {
        boolean root = !Files.exists(cgroup.resolve("cgroup.type"));
        boolean empty = ControlFile.read(cgroup.resolve("cgroup.procs"))
                .filter(String::isBlank)
                .isPresent();
        if (!root && !empty) {
            return;
        }
        Path control = cgroup.resolve("cgroup.subtree_control");
        Set<String> enabled = words(control);
        for (String controller : available(cgroup)) {
            if (!enabled.contains(controller)) {
                handDown(control, controller);
            }
        }
    }

    // one at a time: the kernel refuses all if one of them cannot be had, such as cpu while real-time processes run
    private static void handDown(Path control, String controller) {
        try {
            ControlFile.write(control, "+" + controller);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EBUSY && e.errno() != Errno.EINVAL && e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
        }
    }

    private static Set<String> words(Path file) {
        return ControlFile.read(file)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> Set.copyOf(Stream.of(text.split(" ")).toList()))
                .orElse(Set.of());
    }
}
