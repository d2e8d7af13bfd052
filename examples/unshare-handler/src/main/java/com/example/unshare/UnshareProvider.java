package com.example.unshare;

import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the daemon finds in the JAR. Its name is what {@code provider = "unshare"} in the configuration says. */
public final class UnshareProvider implements RuntimeHandlerProvider {
    static final String PATH = "path";
    static final Path UNSHARE = Path.of("/usr/bin/unshare");
    static final Path NSENTER = Path.of("/usr/bin/nsenter");
    static final Path BASH = Path.of("/bin/bash");

    @Override
    public String name() {
        return "unshare";
    }

    @Override
    public Set<String> optionNames() {
        return Set.of(PATH);
    }

    @Override
    public Availability availability(Options options) {
        for (Path program : List.of(options.path(PATH, UNSHARE), NSENTER, BASH)) {
            if (!Files.isExecutable(program)) {
                return new Availability.Missing("there is no program " + program + ": install util-linux and bash");
            }
        }
        return new Availability.Available("");
    }

    @Override
    public RuntimeHandler create(HandlerContext context) {
        return new UnshareHandler(context);
    }
}
