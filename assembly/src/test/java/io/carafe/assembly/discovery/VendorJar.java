package io.carafe.assembly.discovery;

import io.carafe.assembly.vendor.VendorBuild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A small vendor's JAR, whose handler is never made. */
record VendorJar(Path work) {
    /** A handler provider called {@code name}; {@code body} stands at the start of its optionNames(). */
    Path handler(Path jar, String name, String body) throws IOException {
        return VendorBuild.in(work)
                .handler(jar, "vendor.VendorProvider", Map.of("VendorProvider.java", source(name, body)));
    }

    static String source(String name, String body) {
        return """
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
    }

    static Path services(Path jar, String... lines) throws IOException {
        return VendorBuild.jar(
                jar, Map.of(VendorBuild.HANDLER, String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
    }
}
