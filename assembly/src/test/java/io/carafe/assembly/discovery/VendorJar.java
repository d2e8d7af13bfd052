package io.carafe.assembly.discovery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Builds a vendor's JAR from sources, outside of our class path. */
record VendorJar(Path work) {
    private static final String SERVICE = "META-INF/services/io.carafe.ports.runtime.RuntimeHandlerProvider";

    /** A handler provider called {@code name}; {@code body} stands at the start of its optionNames(). */
    Path handler(Path jar, String name, String body) throws IOException {
        String source = """
                package vendor;
                import io.carafe.ports.runtime.*;
                import io.carafe.ports.spi.*;
                import java.util.Set;
                public final class VendorProvider implements RuntimeHandlerProvider {
                    public String name() { return "%s"; }
                    public Set<String> optionNames() { %s return Set.of("speed"); }
                    public Availability availability(Options options) {
                        if (options.flag("speed", false)) { throw new IllegalStateException("too fast"); }
                        return new Availability.Missing("no /usr/bin/vendor");
                    }
                    public RuntimeHandler create(HandlerContext context) { throw new UnsupportedOperationException(); }
                }
                """.formatted(name, body);
        Path sources = Files.createTempDirectory(work, "source");
        Path classes = Files.createTempDirectory(work, "classes");
        Path file = Files.writeString(sources.resolve("VendorProvider.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int status = compiler.run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                file.toString());
        if (status != 0) {
            throw new IllegalStateException("the vendor's source does not compile");
        }
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put(SERVICE, "vendor.VendorProvider\n".getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> compiled = Files.walk(classes)) {
            for (Path one : compiled.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(one).toString(), Files.readAllBytes(one));
            }
        }
        return jar(jar, entries);
    }

    static Path services(Path jar, String... lines) throws IOException {
        return jar(jar, Map.of(SERVICE, String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
    }

    static Path jar(Path jar, Map<String, byte[]> entries) throws IOException {
        List<String> names = new ArrayList<>(entries.keySet());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(entries.getOrDefault(name, new byte[0]));
                out.closeEntry();
            }
        }
        return jar;
    }
}
