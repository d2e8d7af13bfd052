package io.carafe.conformance.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one OCI image: layers, the configuration's words (USER, ENTRYPOINT, ...), manifest. Equal calls give equal digests. */
final class ImageBuilder {
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Object> config = new LinkedHashMap<>();
    private boolean docker;

    static ImageBuilder of(Layer... layers) {
        var builder = new ImageBuilder();
        builder.layers.addAll(List.of(layers));
        return builder;
    }

    ImageBuilder user(String user) {
        return with("User", user);
    }

    ImageBuilder entrypoint(String... words) {
        return with("Entrypoint", List.of(words));
    }

    ImageBuilder cmd(String... words) {
        return with("Cmd", List.of(words));
    }

    ImageBuilder env(String... assignments) {
        return with("Env", List.of(assignments));
    }

    ImageBuilder workingDir(String dir) {
        return with("WorkingDir", dir);
    }

    ImageBuilder stopSignal(String signal) {
        return with("StopSignal", signal);
    }

    ImageBuilder label(String key, String value) {
        return with("Labels", Map.of(key, value));
    }

    /** Docker's media types (schema 2) in place of OCI's. */
    ImageBuilder inDockersWords() {
        docker = true;
        return this;
    }

    BuiltImage build() {
        return build(architecture());
    }

    BuiltImage build(String architecture) {
        var configBlob = new Blob(
                docker ? "application/vnd.docker.container.image.v1+json" : "application/vnd.oci.image.config.v1+json",
                Json.object(
                                "architecture",
                                architecture,
                                "os",
                                "linux",
                                "config",
                                config,
                                "rootfs",
                                Map.of("type", "layers", "diff_ids", List.copyOf(diffIds())))
                        .getBytes(UTF_8));
        var blobs = new ArrayList<Blob>();
        var descriptors = new ArrayList<Json.Raw>();
        for (var layer : layers) {
            var travelling = docker ? layer.inDockersWords() : layer;
            blobs.add(travelling.blob());
            descriptors.add(new Json.Raw(travelling.blob().descriptor()));
        }
        blobs.add(configBlob);
        var mediaType = docker
                ? "application/vnd.docker.distribution.manifest.v2+json"
                : "application/vnd.oci.image.manifest.v1+json";
        var manifest = Json.object(
                "schemaVersion",
                2,
                "mediaType",
                mediaType,
                "config",
                new Json.Raw(configBlob.descriptor()),
                "layers",
                descriptors);
        return new BuiltImage(new Blob(mediaType, manifest.getBytes(UTF_8)), configBlob, List.copyOf(blobs), List.of());
    }

    /** What this host's architecture is called in an image. */
    static String architecture() {
        var name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }

    private List<String> diffIds() {
        return layers.stream().map(Layer::diffId).toList();
    }

    private ImageBuilder with(String key, Object value) {
        config.put(key, value);
        return this;
    }
}
