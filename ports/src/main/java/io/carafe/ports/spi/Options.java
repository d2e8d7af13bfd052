package io.carafe.ports.spi;

import io.carafe.domain.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of one backend: names and values as text, lists joined by {@code ':'} (they are lists of paths). Which
 * names are legal, the provider says; the configuration refuses others with file and line.
 */
public record Options(Map<String, String> values) {
    public static final Options NONE = new Options(Map.of());

    public Options {
        values = Map.copyOf(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
    }

    public Path path(String name, Path fallback) {
        return text(name).map(Path::of).orElse(fallback);
    }

    public List<Path> paths(String name, List<Path> fallback) {
        return text(name)
                .map(v -> List.of(v.split(":", -1)).stream().map(Path::of).toList())
                .orElse(fallback);
    }

    public boolean flag(String name, boolean fallback) {
        return text(name)
                .map(v -> switch (v) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw new Fault.InvalidArgument("option " + name + " = '" + v + "' is not true or false");
                })
                .orElse(fallback);
    }

    /** A whole number of seconds. */
    public Duration seconds(String name, Duration fallback) {
        try {
            return text(name).map(v -> Duration.ofSeconds(Long.parseLong(v))).orElse(fallback);
        } catch (NumberFormatException e) {
            throw new Fault.InvalidArgument("option " + name + " is not a whole number of seconds", e);
        }
    }
}
