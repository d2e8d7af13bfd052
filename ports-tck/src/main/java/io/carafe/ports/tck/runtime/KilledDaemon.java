package io.carafe.ports.tck.runtime;

import io.carafe.domain.container.ContainerId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A {@link HandlerProcess} as the kit sees it: asked for steps, then killed. */
final class KilledDaemon implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    /** Where the libraries of native code lie, if the kit's own JVM was told. */
    private static final List<String> HANDED_ON = List.of("java.library.path", "jffi.boot.library.path", "carafe.home");

    private final Process process;
    private final Path log;
    private final PrintStream in;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<String, CompletableFuture<String>> pending = new ConcurrentHashMap<>();

    private KilledDaemon(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Returns when its handler is made. */
    static KilledDaemon launch(HandlerKit kit, Path directory, Path rootfs) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED"));
        HANDED_ON.stream()
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")),
                kit.program().main().getName()));
        command.addAll(kit.program().arguments());
        command.addAll(List.of(directory.toString(), rootfs.toString()));
        kit.options().forEach((name, value) -> command.add(name + "=" + value));
        Path log = directory.resolve("daemon.log");
        Process process = new ProcessBuilder(command)
                .redirectError(Redirect.appendTo(log.toFile()))
                .start();
        var daemon = new KilledDaemon(process, log);
        var up = new CompletableFuture<String>();
        daemon.pending.put(HandlerProcess.UP, up);
        Thread.ofVirtual().start(() -> daemon.read(process.inputReader(StandardCharsets.UTF_8)));
        boolean made = false;
        try {
            daemon.done(up);
            made = true;
        } finally {
            if (!made) {
                daemon.close();
            }
        }
        return daemon;
    }

    void run(TckPod pod) throws Exception {
        pod.pin();
        pod.joined(done(running(pod)));
    }

    CompletableFuture<String> running(TckPod pod) {
        return ask("run", pod);
    }

    CompletableFuture<String> deleting(TckPod pod) {
        return ask("delete-pod", pod);
    }

    ContainerId create(TckPod pod, String shell) throws Exception {
        ContainerId id = pod.remember();
        done(creating(pod, id, shell));
        return id;
    }

    ContainerId createWithStdin(TckPod pod, String shell) throws Exception {
        ContainerId id = pod.remember();
        done(ask("create", pod, id.value(), "stdin", shell));
        return id;
    }

    CompletableFuture<String> creating(TckPod pod, ContainerId id, String shell) {
        return ask("create", pod, id.value(), "", shell);
    }

    ContainerId start(TckPod pod, String shell) throws Exception {
        ContainerId id = create(pod, shell);
        done(starting(pod, id));
        return id;
    }

    CompletableFuture<String> starting(TckPod pod, ContainerId id) {
        return ask("start", pod, id.value());
    }

    CompletableFuture<String> killing(TckPod pod, ContainerId id) {
        return ask("kill", pod, id.value());
    }

    CompletableFuture<String> deleting(TckPod pod, ContainerId id) {
        return ask("delete", pod, id.value());
    }

    CompletableFuture<String> executing(TckPod pod, ContainerId id, String shell) {
        return ask("exec", pod, id.value(), shell);
    }

    /** Waits for a step's end; an error if it failed. */
    String done(CompletableFuture<String> step) throws Exception {
        try {
            return step.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getMessage() + "; the daemon's log: " + Files.readString(log), e);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "no answer within " + PATIENCE_SECONDS + " s; the daemon's log: " + Files.readString(log), e);
        }
    }

    /** Waits until {@code count} of the steps are done; an error if one fails before. */
    void done(int count, List<CompletableFuture<String>> steps) throws Exception {
        var enough = new CompletableFuture<String>();
        var missing = new AtomicInteger(count);
        for (CompletableFuture<String> step : steps) {
            var _ = step.whenComplete((answer, failure) -> {
                if (failure != null) {
                    enough.completeExceptionally(failure);
                } else if (missing.decrementAndGet() == 0) {
                    enough.complete(answer);
                }
            });
        }
        done(enough);
    }

    /** How many of the steps had been done when it was killed. */
    int answered(List<CompletableFuture<String>> steps) {
        CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new))
                .exceptionally(_ -> null)
                .join();
        return (int)
                steps.stream().filter(step -> !step.isCompletedExceptionally()).count();
    }

    /** As the kernel's OOM killer does it; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private CompletableFuture<String> ask(String verb, TckPod pod, String... words) {
        String number = String.valueOf(last.incrementAndGet());
        var answer = new CompletableFuture<String>();
        pending.put(number, answer);
        in.println(String.join(
                "\t",
                Stream.of(Stream.of(number, verb), pod.words().stream(), Stream.of(words))
                        .flatMap(all -> all)
                        .toList()));
        return answer;
    }

    private void read(BufferedReader answers) {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                String[] words = line.split("\t", 3);
                CompletableFuture<String> answer = pending.remove(words[0]);
                if (answer != null && words[1].equals(HandlerProcess.DONE)) {
                    answer.complete(words[2]);
                } else if (answer != null) {
                    answer.completeExceptionally(new IllegalStateException(words[1]));
                }
            }
        } catch (IOException e) {
            // killed in the middle of a line
        }
        pending.values()
                .forEach(answer -> answer.completeExceptionally(new IllegalStateException("the daemon is dead")));
    }
}
