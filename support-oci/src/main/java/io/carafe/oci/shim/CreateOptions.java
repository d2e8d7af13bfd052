package io.carafe.oci.shim;

import io.carafe.oci.ttrpc.ProtoMessage;
import java.nio.file.Path;
import java.util.Optional;

/** The options that a shim takes when a container is created, by what its kind understands. */
public final class CreateOptions {
    private CreateOptions() {}

    /**
     * Those of the shim for runc and its like. Source: containerd.runc.v1.Options.
     *
     * @param program the OCI runtime
     * @param root its state, below which the shim adds the namespace
     */
    public static TypedMessage runc(Path program, Path root, boolean systemdCgroup) {
        ProtoMessage options = new ProtoMessage()
                .text(6, program.toString())
                .text(7, root.toString())
                .flag(9, systemdCgroup);
        return new TypedMessage("containerd.runc.v1.Options", options.toBytes());
    }

    /**
     * Those of Kata and gVisor. Source: runtimeoptions.v1.Options.
     *
     * @param type what the shim's options are called
     * @param configPath empty for the configuration that the shim finds by itself
     */
    public static TypedMessage runtime(String type, Optional<Path> configPath) {
        ProtoMessage options = new ProtoMessage()
                .text(1, type)
                .text(2, configPath.map(Path::toString).orElse(""));
        return new TypedMessage("runtimeoptions.v1.Options", options.toBytes());
    }
}
