package io.carafe.assembly.node;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Cri;
import io.carafe.conformance.image.TestImages;
import io.carafe.cri.v1.StatusRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The built distribution with folders, socket, bridge, subnet, cgroup parent and registry of its own. Closing it ends what it
 * started and fails if anything is left on the host.
 */
final class PrivateNode implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Path home = Path.of("target", "carafe").toAbsolutePath();
    private final Place place;
    private final Process registry;
    private final TestImages images;
    private final List<Process> clients = new ArrayList<>();
    private Process daemon;
    private Cri cri;

    private PrivateNode(Place place, Process registry, TestImages images) throws IOException {
        this.place = place;
        this.registry = registry;
        this.images = images;
        daemon = spawnDaemon();
        try {
            cri = connect();
        } catch (AssertionError e) {
            String log = Files.readString(place.work().resolve("daemon.log"));
            daemon.destroyForcibly();
            throw new AssertionError(e.getMessage() + "; its log:\n" + log, e);
        }
    }

    static PrivateNode start() throws IOException {
        return start("", List.of());
    }

    /**
     * @param handlers sections beside that of runc
     * @param adapters JARs for the daemon's adapters directory
     */
    static PrivateNode start(String handlers, List<Path> adapters) throws IOException {
        Place place = Place.make();
        for (Path jar : adapters) {
            Files.copy(jar, place.adapters().resolve(jar.getFileName()));
        }
        int port = freePort();
        Path yaml = Files.writeString(
                place.work().resolve("registry.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(place.work().resolve("registry"), port));
        Process registry = spawn(place.work().resolve("registry.log"), "docker-registry", "serve", yaml.toString());
        try {
            String address = "127.0.0.1:" + port;
            Await.until("the registry answers", START, () -> {
                if (!registry.isAlive()) {
                    throw new AssertionError(
                            "the registry ended at its start: " + place.work().resolve("registry.log"));
                }
                return answers(port);
            });
            place.configure(address, handlers);
            return new PrivateNode(
                    place, registry, TestImages.publish(address, Optional.empty(), Path.of("/bin/busybox")));
        } catch (AssertionError | IOException | RuntimeException e) {
            end(registry);
            place.close();
            throw e;
        }
    }

    Cri cri() {
        return cri;
    }

    /** The reference of the base image. */
    String busybox() {
        return images.busybox().reference();
    }

    Path work() {
        return place.work();
    }

    /** A folder that every container has as {@code /shared}. */
    Path shared() {
        return place.work().resolve("shared");
    }

    String cgroupParent() {
        return place.cgroupParent();
    }

    /** The directory of vendors' JARs. */
    Path adapters() {
        return place.adapters();
    }

    /** The JARs that the daemon has kept a copy of. */
    List<String> keptJars() {
        try (Stream<Path> files = Files.list(place.work().resolve("root/adapters"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the file, of which the daemon does not hear yet. */
    void configure(String handlers) throws IOException {
        place.configure(handlers);
    }

    /** Has the daemon take up the configuration and the adapters; returns when it has, or has refused to. */
    void reload() throws IOException, InterruptedException {
        long before = reloads();
        hangUp();
        Await.until("the daemon has reloaded", START, () -> reloads() > before);
    }

    void hangUp() throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-HUP", Long.toString(daemon.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new AssertionError("the daemon does not run any more; its log:\n" + daemonLog());
        }
    }

    private long reloads() {
        try {
            return daemonLog()
                    .lines()
                    .filter(line -> line.contains("reloaded handlers") || line.contains("not reloaded"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the kernel's OOM killer does it. */
    void kill() throws InterruptedException {
        cri.close();
        daemon.destroyForcibly();
        daemon.waitFor();
    }

    void startAgain() throws IOException {
        daemon = spawnDaemon();
        cri = connect();
    }

    /**
     * The command line against this node, ended with it at the latest; its output goes to the file of that name in {@link #work()},
     * errors to the one beside it.
     */
    Process carafe(String output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin/carafe").toString(), "--endpoint", "unix://" + place.socket()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(place.work().resolve(output).toFile())
                .redirectError(place.work().resolve(output + ".err").toFile())
                .start();
        clients.add(process);
        return process;
    }

    /** With hang-ups all the while, from the moment that the JVM is there. */
    void startAgainUnderHangUps() throws IOException, InterruptedException {
        daemon = spawnDaemon();
        Path name = Path.of("/proc/" + daemon.pid() + "/comm");
        while (!Files.readString(name).strip().equals("java")) {
            Thread.onSpinWait();
        }
        Files.delete(place.socket());
        while (!Files.exists(place.socket())) {
            hangUp();
        }
        cri = connect();
    }

    /** What of pods there is on the host; a veth or a cgroup of a process just ended goes a moment later. */
    List<String> leftovers() {
        return Await.until("nothing is left", Duration.ofSeconds(15), place::leftovers, List::isEmpty);
    }

    /** The most memory that the daemon has had since its start (VmHWM of proc(5)). */
    long daemonPeakMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + daemon.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElseThrow();
    }

    String daemonLog() throws IOException {
        return Files.readString(place.work().resolve("daemon.log"));
    }

    @Override
    public void close() throws IOException {
        try {
            leftovers();
        } finally {
            clients.forEach(Process::destroyForcibly);
            cri.close();
            end(daemon);
            end(registry);
            place.close();
        }
    }

    private Process spawnDaemon() throws IOException {
        return spawn(
                place.work().resolve("daemon.log"),
                home.resolve("bin/carafed").toString(),
                "--config",
                place.configuration().toString());
    }

    private Cri connect() {
        Await.until("the socket is there", START, () -> {
            if (!daemon.isAlive()) {
                throw new AssertionError("the daemon ended at its start");
            }
            return Files.exists(place.socket());
        });
        var connected = new Cri(place.socket());
        Await.until("the runtime and its network are ready", START, () -> ready(connected));
        return connected;
    }

    private static boolean ready(Cri cri) {
        try {
            return cri
                    .runtime(Duration.ofSeconds(10))
                    .status(StatusRequest.getDefaultInstance())
                    .getStatus()
                    .getConditionsList()
                    .stream()
                    .allMatch(condition -> condition.getStatus());
        } catch (StatusRuntimeException _) {
            // a socket that the killed daemon left
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (var _ = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static Process spawn(Path log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static void end(Process process) {
        process.destroy();
        var _ = process.onExit()
                .orTimeout(20, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly())
                .join();
        var _ = process.onExit().join();
    }
}
