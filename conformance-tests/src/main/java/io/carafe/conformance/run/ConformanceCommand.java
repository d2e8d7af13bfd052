package io.carafe.conformance.run;

import io.carafe.conformance.bench.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * The program behind the scripts of this module:
 *
 * <pre>
 * suite --socket PATH --registry HOST:PORT --run-id ID --work DIR --busybox FILE
 *       [--guarded HOST:PORT] [--handler NAME] [--focus REGEX] [--report DIR]
 * sweep --socket PATH --run-id ID
 * critest-table --report DIR
 * </pre>
 *
 * Exit code 0: nothing failed; 1: something did; 2: it could not be run.
 */
public final class ConformanceCommand {
    /** Netty warns of an option that unix sockets lack on every connection; held here because JUL drops loggers. */
    private static final Logger NETTY = Logger.getLogger("io.netty");

    private ConformanceCommand() {}

    public static void main(String[] args) {
        NETTY.setLevel(Level.SEVERE);
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        int code;
        try {
            code = run(List.of(args), out);
        } catch (IOException | XMLStreamException | IllegalArgumentException e) {
            out.println("conformance: " + e.getMessage());
            code = 2;
        }
        out.flush();
        System.exit(code);
    }

    private static int run(List<String> args, PrintStream out) throws IOException, XMLStreamException {
        var verb = args.isEmpty() ? "" : args.getFirst();
        var options = Options.parse(args.isEmpty() ? args : args.subList(1, args.size()));
        return switch (verb) {
            case "suite" -> suite(options, out);
            case "sweep" ->
                Sweep.run(Path.of(options.required("socket")), options.required("run-id"), out) == 0 ? 0 : 1;
            case "critest-table" -> critestTable(Path.of(options.required("report")), out);
            default -> throw new IllegalArgumentException("unknown verb '" + verb + "'; see the class comment");
        };
    }

    private static int suite(Options options, PrintStream out) throws IOException, XMLStreamException {
        var settings = new Settings(
                Path.of(options.required("socket")),
                options.optional("handler").orElse(""),
                options.required("registry"),
                options.optional("guarded"),
                options.required("run-id"),
                Path.of(options.required("work")),
                Path.of(options.required("busybox")));
        var focus = Pattern.compile(options.optional("focus").orElse(""), Pattern.CASE_INSENSITIVE);
        var outcomes = Suite.run(settings, focus, out);
        var table = new Table(outcomes);
        var report = options.optional("report");
        if (report.isPresent()) {
            var dir = Path.of(report.get());
            JUnitXml.write(dir.resolve("conformance.xml"), "conformance", outcomes);
            var _ = Files.writeString(dir.resolve("conformance.txt"), table.text() + "\n");
        }
        return print(table, out);
    }

    private static int critestTable(Path report, PrintStream out) throws IOException, XMLStreamException {
        try (var files = Files.list(report)) {
            var xml = files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
            return print(new Table(CritestReport.read(xml)), out);
        }
    }

    private static int print(Table table, PrintStream out) {
        out.println();
        out.println(table.text());
        return table.failed() > 0 || table.total() == 0 ? 1 : 0;
    }
}
