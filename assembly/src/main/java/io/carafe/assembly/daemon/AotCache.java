package io.carafe.assembly.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file of classes loaded and linked ahead of time that the build made for this daemon. The JVM refuses it when flags, JARs or
 * the JVM itself are others than at its making, and then starts slowly without a word; so we look whether it is mapped.
 */
public final class AotCache {
    private AotCache() {}

    /**
     * Why starts are slower than they could be, as a sentence; empty if the cache is in use.
     *
     * @param cache what the launcher gave to the JVM; empty if it gave none
     */
    public static Optional<String> refusal(Optional<Path> cache) {
        return cache.flatMap(file -> {
            try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
                return maps.anyMatch(line -> line.endsWith(file.getFileName().toString()))
                        ? Optional.empty()
                        : Optional.of("the JVM refused the AOT cache " + file
                                + ", so starts are slower: copy or build the distribution again, in whole");
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }
}
