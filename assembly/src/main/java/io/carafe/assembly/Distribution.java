package io.carafe.assembly;

import io.carafe.assembly.config.Configuration;
import java.nio.file.Path;
import java.util.Optional;

/** Where the distribution lies that this JVM was started from, as its launcher says by system properties. */
final class Distribution {
    private Distribution() {}

    /** The directory of vendors' JARs: the configured one, else that of the distribution. */
    static Path adapters(Configuration configuration) {
        return configuration
                .daemon()
                .adapters()
                .or(() -> property("carafe.home").map(home -> home.resolve("adapters")))
                .orElse(Path.of("adapters"));
    }

    /** The cache that the launcher gave to the JVM. */
    static Optional<Path> aotCache() {
        return property("carafe.aot");
    }

    private static Optional<Path> property(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
