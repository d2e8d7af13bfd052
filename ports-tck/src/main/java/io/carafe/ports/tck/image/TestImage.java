package io.carafe.ports.tck.image;

import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Manifest;
import io.carafe.domain.image.Platform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The image of one platform, with its JSON documents as any registry would keep them.
 *
 * @param layers bottom first
 */
public record TestImage(Platform platform, TestBlob config, List<TestBlob> layers, TestBlob manifest) {
    private static final String OCI = "application/vnd.oci.image.";

    public TestImage {
        layers = List.copyOf(layers);
    }

    public static TestImage of(Platform platform, TestLayer... layers) {
        return of(platform, "{\"Cmd\":[\"/bin/sh\"],\"Env\":[\"PATH=/bin\"]}", layers);
    }

    /** @param config the JSON object "config" of an image configuration */
    public static TestImage of(Platform platform, String config, TestLayer... layers) {
        String diffIds =
                Stream.of(layers).map(layer -> "\"" + layer.diffId() + "\"").collect(Collectors.joining(","));
        TestBlob configuration = json(
                OCI + "config.v1+json",
                "{" + platformJson(platform) + ",\"config\":" + config
                        + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + diffIds + "]}}");
        return of(
                platform,
                configuration,
                Stream.of(layers).map(TestLayer::gzipped).toList());
    }

    public static TestImage of(Platform platform, TestBlob config, List<TestBlob> layers) {
        String list = layers.stream().map(layer -> layer.json("")).collect(Collectors.joining(","));
        TestBlob manifest = json(
                OCI + "manifest.v1+json",
                "{\"schemaVersion\":2,\"mediaType\":\"" + OCI + "manifest.v1+json\",\"config\":" + config.json("")
                        + ",\"layers\":[" + list + "]}");
        return new TestImage(platform, config, layers, manifest);
    }

    /** An index of images. */
    public static TestBlob index(List<TestImage> images) {
        String list = images.stream()
                .map(image -> image.manifest().json(",\"platform\":{" + platformJson(image.platform()) + "}"))
                .collect(Collectors.joining(","));
        return json(
                OCI + "index.v1+json",
                "{\"schemaVersion\":2,\"mediaType\":\"" + OCI + "index.v1+json\",\"manifests\":[" + list + "]}");
    }

    public static TestBlob json(String mediaType, String json) {
        return TestBlob.of(mediaType, json.getBytes(StandardCharsets.UTF_8));
    }

    /** What a registry client is to find. */
    public Manifest expected() {
        List<Descriptor> descriptors = layers.stream().map(TestBlob::descriptor).toList();
        return new Manifest(manifest.digest(), config.descriptor(), descriptors);
    }

    public Stream<TestBlob> blobs() {
        return Stream.concat(Stream.of(config), layers.stream());
    }

    private static String platformJson(Platform platform) {
        return "\"os\":\"" + platform.os() + "\",\"architecture\":\"" + platform.architecture() + "\""
                + (platform.variant().isEmpty() ? "" : ",\"variant\":\"" + platform.variant() + "\"");
    }
}
