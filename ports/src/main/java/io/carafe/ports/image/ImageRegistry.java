package io.carafe.ports.image;

import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.image.Platform;
import java.io.InputStream;
import java.util.List;

/**
 * Registries, by the OCI distribution specification: mirrors, authentication and retries are inside.
 *
 * <p>Concurrency: safe; any number of calls at once. Every failure names each host that was tried and what it answered.
 */
public interface ImageRegistry {
    /**
     * Finds the manifest that a reference stands for on a platform, through an index where there is one. The bytes' digest is
     * verified.
     *
     * @throws io.carafe.domain.fault.Fault.NotFound if no host has it, or it has no manifest for the platform
     * @throws io.carafe.domain.fault.Fault.Denied if credentials were refused
     * @throws io.carafe.domain.fault.Fault.Unavailable if no host answered; the message begins with RegistryUnavailable
     * @throws io.carafe.domain.fault.Fault.Corrupt if the content is not what its digest says
     */
    ResolvedImage resolve(ImageReference reference, RegistryAuth auth, Platform platform) throws InterruptedException;

    /**
     * Opens a blob. The stream resumes after a broken connection, ends with a {@code Fault.Corrupt} (as the cause of its
     * IOException) where digest or size are not the descriptor's, and must be closed.
     */
    InputStream open(ImageReference reference, Descriptor blob, RegistryAuth auth) throws InterruptedException;

    /** Sentences about what an operator should look at, since pulls fail by it; constant. */
    default List<String> problems() {
        return List.of();
    }
}
