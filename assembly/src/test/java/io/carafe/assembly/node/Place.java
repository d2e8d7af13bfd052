package io.carafe.assembly.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where one daemon lives on this host, sharing nothing with others, and what pods have left there. */
record Place(Path work, Path run, String bridge, String subnet, String cgroupParent) implements AutoCloseable {
    static Place make() throws IOException {
        int number = freeNumber();
        Path work = Files.createTempDirectory("carafe-node");
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        // short: the path of a socket ends at 108 bytes
        Path run = Files.createDirectory(
                Path.of("/run/cfi" + ProcessHandle.current().pid() + "-" + number));
        Place place = new Place(
                work,
                run,
                "cfi" + number,
                "10.214." + number,
                "/carafe_node_" + ProcessHandle.current().pid() + "_" + number);
        for (String folder : List.of("net.d", "adapters", "root", "logs", "shared")) {
            Files.createDirectory(work.resolve(folder));
        }
        return place;
    }

    /** Of a bridge and a subnet that nobody on this host has, nor has left rules of. */
    private static int freeNumber() {
        String rules = output("iptables-save");
        return ThreadLocalRandom.current()
                .ints(1, 250)
                .filter(number -> !rules.contains("node-cfi" + number + "\\\""))
                .filter(number -> !Files.exists(Path.of("/sys/class/net/cfi" + number)))
                .findFirst()
                .orElseThrow();
    }

    Path adapters() {
        return work.resolve("adapters");
    }

    Path configuration() {
        return work.resolve("carafed.toml");
    }

    Path socket() {
        return run.resolve("cri.sock");
    }

    void configure(String registry, String handlers) throws IOException {
        configure(handlers);
        network();
        Path host = Files.createDirectories(work.resolve("certs.d").resolve(registry));
        Files.writeString(host.resolve("hosts.toml"), "server = \"http://" + registry + "\"\n");
    }

    /** @param handlers sections beside that of runc, and others after them */
    void configure(String handlers) throws IOException {
        Files.writeString(configuration(), """
                default_handler = "runc"
                [daemon]
                root = "%1$s/root"
                run = "%2$s/run"
                socket = "%2$s/cri.sock"
                cgroup_driver = "cgroupfs"
                adapters = "%1$s/adapters"
                [network]
                conf_dir = "%1$s/net.d"
                [registry]
                certs_d = "%1$s/certs.d"
                [host]
                cgroup_parent = "%3$s"
                [handlers.runc]
                provider = "runc"
                %4$s
                """.formatted(work, run, cgroupParent, handlers));
    }

    private void network() throws IOException {
        Files.writeString(work.resolve("net.d/10-node.conflist"), """
                {"cniVersion": "1.0.0", "name": "node-%1$s", "plugins": [
                  {"type": "bridge", "bridge": "%1$s", "isGateway": true, "ipMasq": true,
                   "ipam": {"type": "host-local", "dataDir": "%2$s/cni", "ranges": [[{"subnet": "%3$s.0/24"}]],
                            "routes": [{"dst": "0.0.0.0/0"}]}},
                  {"type": "portmap", "capabilities": {"portMappings": true}}]}
                """.formatted(bridge, work, subnet));
    }

    /** Mounts, processes, cgroups, namespaces, addresses, rules and interfaces of pods. */
    List<String> leftovers() {
        try {
            List<String> found = new ArrayList<>();
            Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .map(line -> line.split(" ")[4])
                    .filter(target -> isOurs(target))
                    .forEach(target -> found.add("mount " + target));
            processes().forEach(found::add);
            cgroups().forEach(cgroup -> found.add("cgroup " + cgroup));
            files(run.resolve("run/host/ns")).forEach(pin -> found.add("namespace " + pin));
            files(work.resolve("cni"))
                    .filter(file -> file.getFileName().toString().startsWith(subnet + "."))
                    .forEach(address -> found.add("address " + address));
            output("iptables-save")
                    .lines()
                    .filter(rule -> rule.contains("node-" + bridge + "\\\"") || rule.contains(subnet + "."))
                    .forEach(rule -> found.add("iptables " + rule));
            interfaces().forEach(name -> found.add("interface " + name));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (String cgroup : cgroups()) {
            kill(Path.of(cgroup, "cgroup.procs"));
        }
        // shims, and what holds their streams, are in no pod's cgroup
        pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> line.split(" ")[4])
                .filter(this::isOurs)
                .sorted(Comparator.reverseOrder())
                .forEach(target -> output("umount", "-l", target));
        var _ = output("ip", "link", "del", bridge);
        removeRules();
        for (String cgroup : allCgroups()) {
            Files.deleteIfExists(Path.of(cgroup));
        }
        for (Path folder : List.of(run, work)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** What CNI plugins made for pods that a failed test has not removed: a chain for each, and the rules that lead there. */
    private void removeRules() {
        List<String> ours = output("iptables-save", "-t", "nat")
                .lines()
                .filter(rule -> rule.startsWith("-A") && rule.contains("node-" + bridge + "\\\""))
                .toList();
        for (String rule : ours) {
            var _ = output("sh", "-c", "iptables -w -t nat " + rule.replaceFirst("-A", "-D"));
        }
        ours.stream()
                .flatMap(rule -> Pattern.compile("CNI-[0-9a-f]+").matcher(rule).results())
                .map(MatchResult::group)
                .distinct()
                .forEach(chain -> {
                    var _ = output("iptables", "-w", "-t", "nat", "-F", chain);
                    var _ = output("iptables", "-w", "-t", "nat", "-X", chain);
                });
    }

    private boolean isOurs(String path) {
        return path.startsWith(work + "/") || path.startsWith(run + "/");
    }

    private Stream<String> processes() {
        return pids().map(pid -> "process " + pid + " " + commandLine(pid));
    }

    /** Monitors, shims and what they run, by the folders in their command lines; the daemon itself runs on. */
    private Stream<Long> pids() {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(pid -> {
            String line = commandLine(pid);
            return (line.contains(work + "/") || line.contains(run + "/"))
                    && !line.contains("--config")
                    && !line.contains("docker-registry");
        });
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException _) {
            return "";
        }
    }

    /** Those below a pod's parent, which is a kubelet's to remove; deepest first. */
    private List<String> cgroups() {
        return allCgroups().stream()
                .filter(cgroup -> cgroup.matches(".*" + cgroupParent + "/[^/]+/.+"))
                .toList();
    }

    private List<String> allCgroups() {
        return output("find", "/sys/fs/cgroup", "-depth", "-type", "d", "-path", "*" + cgroupParent + "*")
                .lines()
                .toList();
    }

    /** Those of the bridge. */
    private Stream<String> interfaces() {
        String[] names = Path.of("/sys/class/net", bridge, "brif").toFile().list();
        return names == null ? Stream.empty() : Stream.of(names);
    }

    private static void kill(Path procs) throws IOException {
        if (Files.exists(procs)) {
            for (String pid : Files.readAllLines(procs)) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static Stream<Path> files(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
