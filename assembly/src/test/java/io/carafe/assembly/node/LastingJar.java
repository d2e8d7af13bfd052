package io.carafe.assembly.node;

import io.carafe.assembly.vendor.VendorBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The handler of {@code src/it/lasting-handler}, whose containers outlive the daemon and whose execs answer its version. */
record LastingJar(VendorBuild build) {
    static LastingJar in(Path work) {
        return new LastingJar(VendorBuild.in(work));
    }

    Path build(Path jar, String name, String version) throws IOException {
        String source = Files.readString(Path.of("src/it/lasting-handler/LastingProvider.java"))
                .replace("\"NAME\"", '"' + name + '"')
                .replace("\"VERSION\"", '"' + version + '"');
        return build.handler(jar, "vendor.LastingProvider", Map.of("LastingProvider.java", source));
    }
}
