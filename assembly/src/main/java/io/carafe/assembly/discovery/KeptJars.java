package io.carafe.assembly.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.Optional;
import java.util.Set;

/**
 * Copies of vendors' JARs by digest, {@code sha256-HEX.jar}. Classes are loaded from them: a JAR that is overwritten under a JVM that
 * has it open crashes it, and one that was taken away is still needed by its pods.
 *
 * <p>Concurrency: one caller at a time. Crash: a copy is there whole or not at all; what is half-written goes at the next start.
 */
public final class KeptJars {
    private static final System.Logger LOG = System.getLogger(KeptJars.class.getName());
    private static final String HALF = ".half";

    private final Path folder;

    private KeptJars(Path folder) {
        this.folder = folder;
    }

    /** @param folder is made if it is not there; this process's alone */
    public static KeptJars in(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, "*" + HALF)) {
            for (Path half : halves) {
                Files.delete(half);
            }
        }
        return new KeptJars(folder);
    }

    /** A copy that does not stay unless it is kept. */
    final class Draft implements AutoCloseable {
        private final Path file;
        private final String digest;

        private Draft(Path file, String digest) {
            this.file = file;
            this.digest = digest;
        }

        Path file() {
            return file;
        }

        String digest() {
            return digest;
        }

        /** Answers where it is from now on. */
        Path keep() throws IOException {
            Path kept = path(digest);
            Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
            return kept;
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    Draft draft(Path original) throws IOException {
        Path file = folder.resolve(original.getFileName() + HALF);
        boolean written = false;
        try {
            String digest = copy(original, file);
            written = true;
            return new Draft(file, digest);
        } finally {
            if (!written) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String copy(Path original, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                InputStream in = Files.newInputStream(original);
                OutputStream plain = Channels.newOutputStream(channel)) {
            var out = new DigestOutputStream(plain, JarDigest.sha256());
            in.transferTo(out);
            channel.force(true);
            return JarDigest.text(out.getMessageDigest());
        }
    }

    /** The copy of that digest; one that has rotted is none. */
    Optional<Path> find(String digest) {
        Path file = path(digest);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (JarDigest.of(file).equals(digest)) {
                return Optional.of(file);
            }
            LOG.log(System.Logger.Level.WARNING, "{0} is not what it was any more and is not used", file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot read " + file, e);
        }
        return Optional.empty();
    }

    /** Deletes the copies of all other digests. */
    void keepOnly(Set<String> digests) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                if (digests.stream().noneMatch(digest -> path(digest).equals(file))) {
                    Files.delete(file);
                    LOG.log(System.Logger.Level.INFO, "deleted {0}: no handler and no pod needs it", file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy up " + folder, e);
        }
    }

    private Path path(String digest) {
        return folder.resolve(digest.replace(':', '-') + ".jar");
    }
}
