package io.carafe.conformance.image;

/** Images whose point is what stands in their layers or in their configuration. */
final class FileTreeImages {
    private FileTreeImages() {}

    /** Every word of the configuration that a container inherits. */
    static BuiltImage words(Layer base) {
        return ImageBuilder.of(base)
                .entrypoint("/bin/echo", "entry")
                .cmd("from", "image")
                .env("FROM_IMAGE=yes", "OVERRIDDEN=image")
                .workingDir("/work/deep")
                .stopSignal("SIGUSR1")
                .build();
    }

    /** Whiteouts, an opaque directory, a hard link, modes and owners (image-spec layer.md). */
    static BuiltImage layers(Layer base) {
        var lower = new Tar()
                .dir("tree", 0755)
                .file("tree/removed", 0644, "lower")
                .file("tree/replaced", 0644, "lower")
                .dir("tree/opaque", 0755)
                .file("tree/opaque/hidden", 0644, "lower")
                .ownedFile("tree/owned", 0640, 1002, "owned");
        var upper = new Tar()
                .dir("tree", 0755)
                .file("tree/.wh.removed", 0644, "")
                .file("tree/replaced", 0644, "upper")
                .file("tree/linked", 0644, "linked")
                .hardLink("tree/link", "tree/linked")
                .dir("tree/opaque", 0755)
                .file("tree/opaque/.wh..wh..opq", 0644, "")
                .file("tree/opaque/shown", 0644, "upper")
                .dir("tree/sticky", 01777);
        return ImageBuilder.of(base, Layer.gzip(lower), Layer.gzip(upper)).build();
    }

    /** One layer in each encoding that the image-spec names. */
    static BuiltImage encodings(Layer base) {
        return ImageBuilder.of(
                        base,
                        Layer.plain(new Tar().file("plain", 0644, "plain")),
                        Layer.zstd(new Tar().file("zstd", 0644, "zstd".repeat(100_000))))
                .build();
    }

    static BuiltImage wrongDiffId(Layer base) {
        var layer = Layer.gzip(new Tar().file("extra", 0644, "extra"));
        return ImageBuilder.of(base, layer.withDiffId("sha256:" + "0".repeat(64)))
                .build();
    }

    /** A layer that tries to write outside of its root: by "..", and through a symbolic link to the host's /tmp. */
    static BuiltImage escape(Layer base) {
        var layer = new Tar()
                .symlink("way-out", "/tmp")
                .file("way-out/carafe-conformance-escaped", 0644, "escaped")
                .file("../../../../../../../../tmp/carafe-conformance-escaped", 0644, "escaped");
        return ImageBuilder.of(base, Layer.gzip(layer)).build();
    }
}
