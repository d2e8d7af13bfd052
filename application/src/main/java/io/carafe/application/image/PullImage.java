package io.carafe.application.image;

import io.carafe.application.journal.Operations;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.Image;
import io.carafe.domain.image.ImageConfig;
import io.carafe.domain.image.ImageId;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.image.Manifest;
import io.carafe.domain.image.Platform;
import io.carafe.domain.resource.Bytes;
import io.carafe.ports.image.ImageConfigs;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.image.ResolvedImage;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * CRI PullImage: resolves a reference and unpacks the layers that are missing, in parallel, while they are downloaded.
 *
 * <p>Idempotent; one pull of a manifest at a time, joined by all who ask for it, whatever name they use. Crash: complete layers
 * stay and are not fetched again; the image appears when all are there.
 */
public final class PullImage {
    private static final int CONFIG_LIMIT = 8 << 20;

    private final Operations operations;
    private final Images images;
    private final ImageRegistry registry;
    private final Snapshotter snapshotter;
    private final ImageConfigs configs;
    private final LayerCollector collector;
    private final Tasks tasks;
    private final Platform platform;
    private final InstantSource clock;
    private final int concurrentLayers;

    public PullImage(
            Operations operations,
            Images images,
            ImageRegistry registry,
            Snapshotter snapshotter,
            ImageConfigs configs,
            LayerCollector collector,
            Tasks tasks,
            Platform platform,
            InstantSource clock,
            int concurrentLayers) {
        this.operations = operations;
        this.images = images;
        this.registry = registry;
        this.snapshotter = snapshotter;
        this.configs = configs;
        this.collector = collector;
        this.tasks = tasks;
        this.platform = platform;
        this.clock = clock;
        this.concurrentLayers = concurrentLayers;
    }

    public ImageId pull(ImageReference reference, RegistryAuth auth) throws InterruptedException {
        ResolvedImage resolved = registry.resolve(reference, auth, platform);
        // until the names are written; a RemoveImage meanwhile takes the image, and must leave its layers to this pull
        try (var _ = collector.pause()) {
            Image pulled = fetched(reference, resolved.manifest(), auth, true);
            List<String> tags = reference.digest().isPresent() ? List.of() : List.of(reference.toString());
            String digest = reference.withDigest(resolved.topDigest());
            images.add(
                    new Image(pulled.id(), tags, List.of(digest), pulled.size(), pulled.config(), pulled.pulledAt()));
            return pulled.id();
        }
    }

    /** Joins a pull of the same manifest. One that another began may fail by the other's registry or credentials, so not for us. */
    private Image fetched(ImageReference reference, Manifest manifest, RegistryAuth auth, boolean again)
            throws InterruptedException {
        var ours = new AtomicBoolean();
        String key = manifest.digest().value();
        try {
            return operations.run("PullImage", key, manifest.digest(), stage -> {
                ours.set(true);
                return fetch(reference, manifest, auth, stage);
            });
        } catch (Fault e) {
            if (ours.get() || !again) {
                throw e;
            }
            return fetched(reference, manifest, auth, false);
        }
    }

    /** Answers the image without names: each who asked adds its own. */
    private Image fetch(ImageReference reference, Manifest manifest, RegistryAuth auth, Operations.Stage stage)
            throws InterruptedException {
        var id = new ImageId(manifest.config().digest());
        stage.enter("configuration");
        ImageConfig config = configs.parse(readConfig(reference, manifest.config(), auth));
        if (config.diffIds().size() != manifest.layers().size()) {
            throw new Fault.Corrupt("pull " + reference + ": the manifest has "
                    + manifest.layers().size() + " layers, its configuration names "
                    + config.diffIds().size());
        }
        stage.enter("layers");
        try (var _ = collector.pause()) {
            List<Callable<Digest>> work = new ArrayList<>();
            for (int i = 0; i < manifest.layers().size(); i++) {
                Descriptor layer = manifest.layers().get(i);
                Digest diffId = config.diffIds().get(i);
                work.add(() -> layer(reference, layer, diffId, auth));
            }
            tasks.all("pull " + reference, concurrentLayers, work);
            var image = new Image(id, List.of(), List.of(), size(manifest), config, clock.instant());
            images.add(image);
            return image;
        }
    }

    private Digest layer(ImageReference reference, Descriptor layer, Digest diffId, RegistryAuth auth)
            throws InterruptedException {
        if (snapshotter.hasLayer(diffId)) {
            return diffId;
        }
        try (InputStream blob = registry.open(reference, layer, auth)) {
            snapshotter.unpack(layer, diffId, blob);
            return diffId;
        } catch (IOException e) {
            throw new Fault.Unavailable(
                    "pull " + reference + ": layer " + layer.digest() + " could not be closed: " + e.getMessage(), e);
        }
    }

    private byte[] readConfig(ImageReference reference, Descriptor config, RegistryAuth auth)
            throws InterruptedException {
        if (config.size().value() > CONFIG_LIMIT) {
            throw new Fault.Corrupt("pull " + reference + ": its configuration has "
                    + config.size().value() + " bytes; more than " + CONFIG_LIMIT + " are refused");
        }
        try (InputStream blob = registry.open(reference, config, auth)) {
            return blob.readAllBytes();
        } catch (IOException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw new Fault.Unavailable(
                    "pull " + reference + ": its configuration " + config.digest() + " could not be read: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Bytes size(Manifest manifest) {
        return manifest.layers().stream()
                .map(Descriptor::size)
                .reduce(manifest.config().size(), Bytes::plus);
    }
}
