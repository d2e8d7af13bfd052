package io.carafe.assembly.discovery;

import io.carafe.application.status.AdapterProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * Opens vendors' JARs, each in a class loader of its own; the same content always in the same one, so that a reload makes no second
 * set of the same classes. Concurrency: safe.
 */
final class AdapterJars {
    private final Optional<KeptJars> copies;
    private final ApiClassLoader api = new ApiClassLoader(AdapterJars.class.getClassLoader());
    private final Map<String, AdapterJar> open = new HashMap<>();

    /** @param copies where JARs are loaded from; empty for a look that leaves nothing behind */
    AdapterJars(Optional<KeptJars> copies) {
        this.copies = copies;
    }

    /** In the order of their names; what cannot be used becomes a problem. */
    synchronized List<AdapterJar> in(Path directory, List<AdapterProblem> problems) {
        List<AdapterJar> jars = new ArrayList<>();
        for (Path file : files(directory, problems)) {
            try {
                jars.add(open(file));
            } catch (UnfitJarException e) {
                problems.add(new AdapterProblem(file.toString(), e.reason()));
            } catch (IOException e) {
                problems.add(new AdapterProblem(file.toString(), "cannot be read or copied: " + e));
            }
        }
        return jars;
    }

    /**
     * The one of which only a copy may be left.
     *
     * @throws UnfitJarException if it does not fit the ports any more
     */
    synchronized Optional<AdapterJar> kept(String digest) throws UnfitJarException {
        if (open.containsKey(digest)) {
            return Optional.of(open.get(digest));
        }
        Optional<Path> copy = copies.flatMap(kept -> kept.find(digest));
        return copy.isEmpty() ? Optional.empty() : Optional.of(opened(copy.get(), digest, copy.get()));
    }

    /** Lets go of all others. Their class loaders are not closed, since a thread may still need a class. */
    synchronized void keepOnly(Set<String> digests) {
        open.keySet().retainAll(digests);
        copies.ifPresent(kept -> kept.keepOnly(digests));
    }

    private static List<Path> files(Path directory, List<AdapterProblem> problems) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.jar")) {
                entries.forEach(files::add);
            } catch (IOException e) {
                problems.add(new AdapterProblem(directory.toString(), "cannot be listed: " + e));
            }
        }
        files.sort(null);
        return files;
    }

    private AdapterJar open(Path file) throws IOException, UnfitJarException {
        String digest = JarDigest.of(file);
        AdapterJar known = open.get(digest);
        if (known != null) {
            return known.at(file);
        }
        if (copies.isEmpty()) {
            return opened(file, digest, file);
        }
        Optional<Path> copy = copies.get().find(digest);
        if (copy.isPresent()) {
            return opened(file, digest, copy.get());
        }
        // by the copy's own digest: the original may be written to meanwhile
        try (KeptJars.Draft draft = copies.get().draft(file)) {
            requireFit(draft.file());
            return remembered(file, draft.digest(), draft.keep());
        }
    }

    private AdapterJar opened(Path origin, String digest, Path source) throws UnfitJarException {
        requireFit(source);
        return remembered(origin, digest, source);
    }

    private AdapterJar remembered(Path origin, String digest, Path source) {
        try {
            URL[] urls = {source.toUri().toURL()};
            var jar = new AdapterJar(origin, digest, new URLClassLoader(origin.getFileName() + "", urls, api));
            open.put(digest, jar);
            return jar;
        } catch (MalformedURLException e) {
            throw new IllegalStateException("no URL for the file " + source, e);
        }
    }

    /** A URLClassLoader passes over a broken JAR without a word. */
    private static void requireFit(Path file) throws UnfitJarException {
        try (JarFile jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ, Runtime.version())) {
            if (jar.stream().noneMatch(entry -> entry.getName().startsWith("META-INF/services/io.carafe.ports."))) {
                throw new UnfitJarException("names no provider of ours in META-INF/services, so it is not an adapter");
            }
            Optional<String> misfit = new PortsLinkage(jar).misfit();
            if (misfit.isPresent()) {
                throw new UnfitJarException("built against another version of the ports: " + misfit.get()
                        + "; rebuild it against repository/ of this distribution");
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | SecurityException e) {
            throw new UnfitJarException("is not a readable JAR: " + e.getMessage());
        }
    }
}
