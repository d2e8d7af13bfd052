package com.example.toy;

import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What ServiceLoader finds. */
public final class ToyProvider implements RuntimeHandlerProvider {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/bin/nsenter"), Path.of("/usr/sbin/chroot"), Path.of("/bin/kill"));

    public ToyProvider() {}

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public Set<String> optionNames() {
        return Set.of();
    }

    @Override
    public Availability availability(Options options) {
        for (Path program : PROGRAMS) {
            if (!Files.isExecutable(program)) {
                return new Availability.Missing(program + " is missing; install util-linux, coreutils and procps");
            }
        }
        return new Availability.Available("toy 1");
    }

    @Override
    public RuntimeHandler create(HandlerContext context) {
        return new ToyHandler(context);
    }
}
