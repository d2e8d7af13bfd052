package io.carafe.assembly.discovery;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** The vendors' JARs of a directory, each with its class loader. */
final class AdapterJars {
    private AdapterJars() {}

    /** @param loader lives as long as the daemon: its classes are loaded when they are needed */
    record AdapterJar(Path file, URLClassLoader loader) {}

    /** In the order of their names; what is no readable JAR becomes a problem. */
    static List<AdapterJar> in(Path directory, List<DiscoveryProblem> problems) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.jar")) {
                entries.forEach(files::add);
            } catch (IOException e) {
                problems.add(new DiscoveryProblem(directory.toString(), "cannot be listed: " + e));
            }
        }
        files.sort(null);
        var api = new ApiClassLoader(AdapterJars.class.getClassLoader());
        List<AdapterJar> jars = new ArrayList<>();
        for (Path file : files) {
            // a URLClassLoader passes over a broken JAR without a word
            try (JarFile jar = new JarFile(file.toFile())) {
                if (jar.stream().noneMatch(entry -> entry.getName().startsWith("META-INF/services/io.carafe.ports."))) {
                    problems.add(new DiscoveryProblem(
                            file.toString(),
                            "names no provider of ours in META-INF/services, so it is not an adapter"));
                } else {
                    jars.add(new AdapterJar(file, new URLClassLoader(file.getFileName() + "", urls(file), api)));
                }
            } catch (IOException e) {
                problems.add(new DiscoveryProblem(file.toString(), "is not a readable JAR: " + e.getMessage()));
            }
        }
        return jars;
    }

    private static URL[] urls(Path file) throws MalformedURLException {
        return new URL[] {file.toUri().toURL()};
    }
}
