package io.carafe.conformance.image;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All images of the suite, by what they show, after {@link #publish} has pushed them. */
public final class TestImages {
    /** What the registry with authentication wants; its htpasswd file is made by {@code conformance-tests/run}. */
    public static final String USER = "carafe";

    public static final String PASSWORD = "conformance";

    private final Map<String, TestImage> images;
    private final boolean guarded;

    private TestImages(Map<String, TestImage> images, boolean guarded) {
        this.images = Map.copyOf(images);
        this.guarded = guarded;
    }

    /** The image pushed under this name. */
    public TestImage named(String name) {
        return Optional.ofNullable(images.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no test image " + name + " among " + images.keySet()));
    }

    public TestImage busybox() {
        return named("busybox");
    }

    /** Whether there is a registry that wants a password. */
    public boolean guarded() {
        return guarded;
    }

    /** Pushes all images to {@code host}, and one to {@code guardedHost} if there is such a registry. */
    public static TestImages publish(String host, Optional<String> guardedHost, Path busybox) {
        var images = new HashMap<String, TestImage>();
        var base = Layer.gzip(BusyboxLayer.tar(busybox));
        try (var registry = new TestRegistry(host)) {
            for (var named : pictures(base).entrySet()) {
                images.put(named.getKey(), push(registry, named.getKey(), named.getValue()));
            }
        }
        guardedHost.ifPresent(guarded -> {
            try (var registry = new TestRegistry(guarded, USER, PASSWORD)) {
                images.put("guarded", push(registry, "guarded", plain(base, "guarded", "1")));
            }
        });
        return new TestImages(images, guardedHost.isPresent());
    }

    private static TestImage push(TestRegistry registry, String name, Picture picture) {
        var repository = "conformance/" + name;
        registry.push(picture.image(), repository, picture.tags().toArray(String[]::new));
        return new TestImage(
                registry.host() + "/" + repository,
                picture.tags(),
                picture.image().digest());
    }

    private static Map<String, Picture> pictures(Layer base) {
        var pictures = new HashMap<String, Picture>();
        pictures.put("busybox", plain(base, "busybox", "1"));
        pictures.put("tags", plain(base, "tags", "one", "two", "three"));
        pictures.put("other", plain(base, "other", "1"));
        pictures.put("latest", plain(base, "latest", "latest"));
        pictures.put("pinned", plain(base, "pinned", "1"));
        var twin = plain(base, "twin", "1");
        pictures.put("twin-one", twin);
        pictures.put("twin-two", twin);
        pictures.put("user-uid", user(base, "1002"));
        pictures.put("user-name", user(base, "carafe"));
        pictures.put("user-uid-group", user(base, "1003:others"));
        pictures.put("user-name-group", user(base, "carafe:others"));
        pictures.put("words", Picture.of(FileTreeImages.words(base)));
        pictures.put("pause", Picture.of(pause(base)));
        pictures.put("layers", Picture.of(FileTreeImages.layers(base)));
        pictures.put("encodings", Picture.of(FileTreeImages.encodings(base)));
        pictures.put("docker", Picture.of(ImageBuilder.of(base).inDockersWords().build()));
        pictures.put("platforms", Picture.of(platforms(base)));
        pictures.put("wrong-diff-id", Picture.of(FileTreeImages.wrongDiffId(base)));
        pictures.put("escape", Picture.of(FileTreeImages.escape(base)));
        return pictures;
    }

    /** Images that must be told apart differ in a label, so in their configuration, so in their digests. */
    private static Picture plain(Layer base, String name, String... tags) {
        return new Picture(
                ImageBuilder.of(base).cmd("sh").label("carafe.test", name).build(), List.of(tags));
    }

    private static Picture user(Layer base, String user) {
        return Picture.of(ImageBuilder.of(base).user(user).build());
    }

    /** A sandbox container for runtimes that need one: waits, reaps what it inherits, ends at SIGTERM. */
    private static BuiltImage pause(Layer base) {
        return ImageBuilder.of(base)
                .entrypoint("/bin/sh", "-c", "trap 'exit 0' TERM INT; while :; do sleep 100000 & wait; done")
                .build();
    }

    private static BuiltImage platforms(Layer base) {
        var own = ImageBuilder.architecture();
        var other = own.equals("amd64") ? "arm64" : "amd64";
        var foreign = ImageBuilder.of(Layer.gzip(new Tar().file("foreign", 0644, other)))
                .build(other);
        return BuiltImage.index(
                other,
                foreign,
                own,
                ImageBuilder.of(base).label("carafe.test", "platforms").build(own));
    }
}
