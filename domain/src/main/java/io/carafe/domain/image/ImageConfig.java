package io.carafe.domain.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container inherits from its image. Source: image-spec config.md.
 *
 * @param user "", "uid", "name", "uid:gid" or "name:group"
 * @param volumes paths that the image declares as volumes
 * @param stopSignal as the image spells it
 * @param diffIds digests of the uncompressed layers, bottom first
 */
public record ImageConfig(
        String user,
        List<String> env,
        List<String> entrypoint,
        List<String> cmd,
        String workingDir,
        Optional<String> stopSignal,
        List<String> volumes,
        Map<String, String> labels,
        List<Digest> diffIds) {
    public ImageConfig {
        env = List.copyOf(env);
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        volumes = List.copyOf(volumes);
        labels = Map.copyOf(labels);
        diffIds = List.copyOf(diffIds);
    }
}
