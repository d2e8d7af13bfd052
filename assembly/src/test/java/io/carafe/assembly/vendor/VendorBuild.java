package io.carafe.assembly.vendor;

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
import javax.tools.ToolProvider;

/**
 * Compiles sources and packs them.
 *
 * @param work for its own files
 * @param classPath what the sources see
 */
public record VendorBuild(Path work, String classPath) {
    public static final String HANDLER = "META-INF/services/io.carafe.ports.runtime.RuntimeHandlerProvider";

    /** With what this JVM sees. */
    public static VendorBuild in(Path work) {
        return new VendorBuild(work, System.getProperty("java.class.path"));
    }

    /** The same, but with other versions of some classes before those there are. */
    public VendorBuild against(Map<String, String> sources) throws IOException {
        return new VendorBuild(work, compile(sources) + ":" + classPath);
    }

    /**
     * A JAR that names one provider of handlers.
     *
     * @param sources by the name of their file
     */
    public Path handler(Path jar, String provider, Map<String, String> sources) throws IOException {
        Path classes = compile(sources);
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put(HANDLER, (provider + "\n").getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> compiled = Files.walk(classes)) {
            for (Path one : compiled.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(one).toString(), Files.readAllBytes(one));
            }
        }
        return jar(jar, entries);
    }

    public static Path jar(Path jar, Map<String, byte[]> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return jar;
    }

    private Path compile(Map<String, String> sources) throws IOException {
        Path folder = Files.createTempDirectory(work, "source");
        Path classes = Files.createTempDirectory(work, "classes");
        List<String> arguments =
                new ArrayList<>(List.of("-d", classes.toString(), "-cp", classPath, "-proc:none", "-implicit:none"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            arguments.add(Files.writeString(folder.resolve(source.getKey()), source.getValue())
                    .toString());
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("the vendor's sources do not compile");
        }
        return classes;
    }
}
