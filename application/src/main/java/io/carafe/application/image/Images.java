package io.carafe.application.image;

import io.carafe.application.inventory.Records;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.Image;
import io.carafe.domain.image.ImageId;
import io.carafe.domain.image.ImageReference;
import io.carafe.ports.store.RecordStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The images on this node. One record per image id; a tag belongs to one image at a time. */
public final class Images {
    private final RecordStore store;
    private final Map<ImageId, Image> images = new ConcurrentHashMap<>();

    public Images(RecordStore store) {
        this.store = store;
    }

    public void load() {
        store.load(Records.IMAGES).values().values().forEach(image -> images.put(image.id(), image));
    }

    public Collection<Image> all() {
        return List.copyOf(images.values());
    }

    public Optional<Image> byId(ImageId id) {
        return Optional.ofNullable(images.get(id));
    }

    /**
     * Finds by image id (with or without "sha256:", or a unique prefix of at least 6 digits of it), by tag, or by digest.
     *
     * @throws Fault.InvalidArgument if the text is none of these
     */
    public Optional<Image> find(String text) {
        if (text.isEmpty()) {
            throw new Fault.InvalidArgument("the image is empty: give a reference or an image id");
        }
        String hex = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
        if (hex.matches("[0-9a-f]{6,64}")) {
            Optional<Image> byId =
                    unique(text, image -> image.id().digest().hex().startsWith(hex));
            if (byId.isPresent() || Digest.isDigest(text)) {
                return byId;
            }
        }
        ImageReference reference = ImageReference.parse(text);
        return images.values().stream()
                .filter(image -> isNamed(image, reference))
                .findFirst();
    }

    private Optional<Image> unique(String text, Predicate<Image> predicate) {
        List<Image> matches = images.values().stream().filter(predicate).toList();
        if (matches.size() > 1) {
            throw new Fault.InvalidArgument("image id '" + text + "' is the beginning of " + matches.size() + " ids");
        }
        return matches.stream().findFirst();
    }

    private static boolean isNamed(Image image, ImageReference reference) {
        if (reference.digest().isPresent()) {
            return image.repoDigests()
                            .contains(reference.withDigest(reference.digest().get()))
                    || image.id().digest().equals(reference.digest().get());
        }
        return image.repoTags().contains(reference.toString());
    }

    /** Adds an image or new names of it; a tag that another image had moves. */
    public synchronized void add(Image pulled) {
        for (Image other : all()) {
            if (!other.id().equals(pulled.id()) && other.repoTags().stream().anyMatch(pulled.repoTags()::contains)) {
                save(other.withReferences(without(other.repoTags(), pulled.repoTags()), other.repoDigests()));
            }
        }
        Image present = images.get(pulled.id());
        save(present == null ? pulled : merged(present, pulled));
    }

    private static Image merged(Image present, Image pulled) {
        return new Image(
                pulled.id(),
                union(present.repoTags(), pulled.repoTags()),
                union(present.repoDigests(), pulled.repoDigests()),
                pulled.size(),
                pulled.config(),
                pulled.pulledAt());
    }

    public synchronized void remove(ImageId id) {
        store.delete(Records.IMAGES, id.digest().hex());
        images.remove(id);
    }

    private void save(Image image) {
        store.save(Records.IMAGES, image.id().digest().hex(), image);
        images.put(image.id(), image);
    }

    private static List<String> union(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(one);
        other.stream().filter(name -> !one.contains(name)).forEach(all::add);
        return all;
    }

    private static List<String> without(List<String> names, List<String> gone) {
        return names.stream().filter(name -> !gone.contains(name)).toList();
    }
}
