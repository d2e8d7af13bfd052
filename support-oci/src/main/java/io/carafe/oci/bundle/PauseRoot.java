package io.carafe.oci.bundle;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.pause.Architecture;
import io.carafe.linux.pause.PauseExecutable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The root file system of a sandbox container: the pause executable and mount points, nothing else. */
public record PauseRoot(Path directory) {
    private static final List<String> MOUNT_POINTS = List.of("dev", "proc");

    /**
     * Makes it.
     *
     * @param attempted what is done, on which id
     * @param spec of the sandbox container, whose root is not filled in yet
     * @return {@code spec} with this root
     * @throws Fault.Unsupported if there is no pause executable for this machine
     */
    public OciSpec make(String attempted, OciSpec spec) throws IOException {
        Architecture architecture = Architecture.ofJvm(System.getProperty("os.arch"))
                .orElseThrow(() -> new Fault.Unsupported(attempted + ": there is no pause program for this machine, "
                        + System.getProperty("os.arch") + "; use pods without a sandbox container"));
        Files.createDirectories(directory);
        for (String mountPoint : MOUNT_POINTS) {
            // crun wants them also where the spec mounts nothing there
            Files.createDirectories(directory.resolve(mountPoint));
        }
        Path program = Path.of("/").relativize(Path.of(spec.process().args().getFirst()));
        PauseExecutable.install(architecture, directory.resolve(program));
        return spec.withRoot(new OciRoot(directory.toString(), spec.root().readonly()));
    }

    /** Idempotent. */
    public void remove() {
        new Bundle(directory).remove();
    }
}
