package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.ImageConfig;
import io.carafe.ports.image.ImageConfigs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses with a small JSON reader of its own. */
public final class MemoryImageConfigs implements ImageConfigs {
    @Override
    public ImageConfig parse(byte[] json) {
        try {
            Map<?, ?> image = object(MemoryJson.parse(new String(json, StandardCharsets.UTF_8)));
            String os = text(image.get("os"));
            if (!os.isEmpty() && !os.equals("linux")) {
                throw new IllegalArgumentException("it is for " + os);
            }
            Map<?, ?> rootfs = object(image.get("rootfs"));
            if (!rootfs.containsKey("diff_ids")) {
                throw new IllegalArgumentException("it has no rootfs.diff_ids");
            }
            Map<?, ?> config = object(image.get("config"));
            return new ImageConfig(
                    text(config.get("User")),
                    texts(config.get("Env")),
                    texts(config.get("Entrypoint")),
                    texts(config.get("Cmd")),
                    text(config.get("WorkingDir")),
                    Optional.of(text(config.get("StopSignal"))).filter(signal -> !signal.isEmpty()),
                    object(config.get("Volumes")).keySet().stream()
                            .map(MemoryImageConfigs::text)
                            .toList(),
                    object(config.get("Labels")).entrySet().stream()
                            .collect(Collectors.toMap(label -> text(label.getKey()), label -> text(label.getValue()))),
                    texts(rootfs.get("diff_ids")).stream().map(Digest::new).toList());
        } catch (IllegalArgumentException | ClassCastException | Fault.InvalidArgument e) {
            throw new Fault.Corrupt("parse image configuration: " + e.getMessage(), e);
        }
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value == null ? Map.of() : (Map<?, ?>) value;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : (String) value;
    }

    private static List<String> texts(@Nullable Object value) {
        return value == null
                ? List.of()
                : ((List<?>) value).stream().map(MemoryImageConfigs::text).toList();
    }
}
