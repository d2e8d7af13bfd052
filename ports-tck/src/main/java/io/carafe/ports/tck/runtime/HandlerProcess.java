package io.carafe.ports.tck.runtime;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.tck.TckContexts;
import io.carafe.ports.tck.runtime.TckPod.Request;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The daemon reduced to its handler, in a JVM of its own that the kit kills. A line in asks for a step ({@code NUMBER VERB WORD…},
 * parted by tabs), a line out says that it is done; steps run side by side. Ends with its input.
 */
public final class HandlerProcess {
    static final String DONE = "done";
    /** The number of the answer that nobody has asked for: the handler is made. */
    static final String UP = "0";

    private final RuntimeHandler handler;
    private final PrintStream out;
    private final Path directory;
    private final Path rootfs;

    private HandlerProcess(RuntimeHandler handler, PrintStream out, Path directory, Path rootfs) {
        this.handler = handler;
        this.out = out;
        this.directory = directory;
        this.rootfs = rootfs;
    }

    /**
     * Serves until the kit kills it or has ended itself.
     *
     * @param arguments those of the kit, as they came
     */
    public static void serve(RuntimeHandlerProvider provider, List<String> arguments) throws IOException {
        Path directory = Path.of(arguments.get(0));
        Map<String, String> options = new HashMap<>();
        for (String option : arguments.subList(2, arguments.size())) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, equals), option.substring(equals + 1));
        }
        var context = new HandlerContext(
                "tck", TckContexts.in(directory, options), CgroupDriver.CGROUPFS, new RecordedExits());
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        new HandlerProcess(provider.create(context), out, directory, Path.of(arguments.get(1))).serve();
    }

    private void serve() throws IOException {
        out.println(UP + "\t" + DONE + "\t");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> words = List.of(line.split("\t", -1));
            Thread.ofVirtual().start(() -> answer(words.getFirst(), words.get(1), words.subList(2, words.size())));
        }
        System.exit(0);
    }

    private void answer(String number, String verb, List<String> words) {
        String answer;
        try {
            answer = DONE + "\t" + step(verb, words);
        } catch (Throwable e) {
            // also a class that the JAR should have brought: without an answer the kit waits in vain
            answer = String.valueOf(e).replaceAll("\\s+", " ");
        }
        out.println(number + "\t" + answer);
    }

    private String step(String verb, List<String> words) throws Exception {
        switch (verb) {
            case "run" -> {
                return TckPod.text(pod(words).runSandbox());
            }
            case "delete-pod" -> handler.sandboxes().delete(pod(words).id());
            case "create" -> {
                Request request = Request.shell(words.get(6));
                handler.containers()
                        .create(pod(words)
                                .plan(
                                        container(words),
                                        words.get(5).equals("stdin") ? request.withStdin(false) : request));
            }
            case "start" -> handler.containers().start(container(words));
            case "kill" -> handler.containers().kill(container(words), Signal.KILL, KillScope.ALL);
            case "delete" -> handler.containers().delete(container(words));
            case "exec" -> exec(words);
            default -> throw new Fault.InvalidArgument("no step is called " + verb);
        }
        return "";
    }

    /** Leaves it open. */
    private void exec(List<String> words) throws InterruptedException {
        ExecSession session = handler.execs().open(pod(words).exec(container(words), words.get(5)), true);
        // that the session is used for the last time here must not close it
        Thread.ofVirtual().start(() -> {
            try {
                session.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private TckPod pod(List<String> words) {
        return TckPod.known(handler, directory, rootfs, words);
    }

    private static ContainerId container(List<String> words) {
        return new ContainerId(words.get(4));
    }
}
