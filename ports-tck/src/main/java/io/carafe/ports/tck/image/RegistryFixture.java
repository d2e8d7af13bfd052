package io.carafe.ports.tck.image;

import io.carafe.domain.image.Digest;
import io.carafe.domain.image.ImageReference;
import io.carafe.ports.image.RegistryAuth;
import java.util.List;

/** The side of a registry that its readers do not see. */
public interface RegistryFixture {
    /** Host and port, for references. */
    String host();

    void push(ImageReference reference, TestImage image);

    void pushIndex(ImageReference reference, List<TestImage> images);

    /** From now on a blob comes with other content, of the same length. */
    void corrupt(ImageReference reference, Digest blob);

    /** What the registry wants to see; it refuses all else. */
    RegistryAuth credentials();
}
