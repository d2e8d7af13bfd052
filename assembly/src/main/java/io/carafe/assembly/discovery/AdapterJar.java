package io.carafe.assembly.discovery;

import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * A vendor's JAR that fits the ports.
 *
 * @param origin where the operator has put it
 * @param digest sha256 of what was loaded
 * @param loader lives as long as anybody uses its classes, which are loaded when they are needed
 */
record AdapterJar(Path origin, String digest, URLClassLoader loader) {
    /** The same content found elsewhere. */
    AdapterJar at(Path other) {
        return new AdapterJar(other, digest, loader);
    }
}
