package io.carafe.application.inventory;

import io.carafe.domain.container.Container;
import io.carafe.domain.image.Image;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.ports.store.RecordKind;
import java.util.Set;

/**
 * The kinds of records on disk. A change of shape is a new version, but for an optional component that is added and one that nobody
 * needs any more.
 */
public final class Records {
    public static final RecordKind<PodSandbox> SANDBOXES = new RecordKind<>("sandboxes", PodSandbox.class, 1);
    public static final RecordKind<Container> CONTAINERS = new RecordKind<>("containers", Container.class, 1);
    public static final RecordKind<Image> IMAGES = new RecordKind<>("images", Image.class, 1, Set.of("pinned"));

    private Records() {}
}
