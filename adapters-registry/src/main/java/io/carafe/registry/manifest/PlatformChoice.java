package io.carafe.registry.manifest;

import io.carafe.domain.image.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Which entry of an index runs best on a platform. A machine also runs what was made for older variants of its architecture,
 * and most run the 32 bit one: amd64/v3 runs v2, v1, then 386; arm64/v9.x runs v9.0, v8.(x+5) down to v8, then arm/v8 to v5.
 *
 * <p>Source: image-spec image-index.md "Platform Variants"; Arm DDI 0487 (v9.0 is v8.5 and more).
 *
 * @param accepted best first, normalised
 */
public record PlatformChoice(Platform wanted, List<Platform> accepted) {
    public PlatformChoice {
        accepted = List.copyOf(accepted);
    }

    public static PlatformChoice forPlatform(Platform platform) {
        Platform normal = normalised(platform);
        List<Platform> accepted = new ArrayList<>();
        switch (normal.architecture()) {
            case "amd64" -> {
                for (int version = number(normal.variant()).orElse(1); version >= 1; version--) {
                    accepted.add(new Platform(normal.os(), "amd64", "v" + version));
                }
                accepted.add(new Platform(normal.os(), "386", ""));
            }
            case "arm64" -> {
                accepted.addAll(arm64(normal));
                accepted.addAll(arm(normal.os(), 8));
            }
            case "arm" ->
                accepted.addAll(arm(normal.os(), number(normal.variant()).orElse(7)));
            default -> accepted.add(normal);
        }
        return new PlatformChoice(normal, accepted);
    }

    /** The best entry: of two equal ones the first. An entry that names no platform is taken where none fits by name. */
    public Optional<Document.Entry> in(Document.Index index) {
        for (Platform platform : accepted) {
            for (Document.Entry entry : index.entries()) {
                if (entry.isImage()
                        && entry.platform()
                                .map(PlatformChoice::normalised)
                                .filter(platform::equals)
                                .isPresent()) {
                    return Optional.of(entry);
                }
            }
        }
        return index.entries().stream()
                .filter(entry -> entry.isImage() && entry.platform().isEmpty())
                .findFirst();
    }

    /** "linux/amd64, linux/arm64/v8": what an index has, for messages. */
    public static String listed(Document.Index index) {
        return index.entries().stream()
                .filter(Document.Entry::isImage)
                .flatMap(entry -> entry.platform().stream())
                .filter(platform -> !platform.os().equals("unknown"))
                .map(PlatformChoice::text)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    public static String text(Platform platform) {
        return platform.os() + "/" + platform.architecture()
                + (platform.variant().isEmpty() ? "" : "/" + platform.variant());
    }

    private static List<Platform> arm64(Platform normal) {
        List<Platform> accepted = new ArrayList<>();
        String[] version = normal.variant().substring(1).split("\\.", 2);
        int major = number("v" + version[0]).orElse(8);
        int minor = version.length > 1 ? number("v" + version[1]).orElse(0) : 0;
        if (major == 9) {
            down(accepted, normal.os(), 9, minor);
            minor += 5;
        }
        down(accepted, normal.os(), 8, minor);
        return accepted;
    }

    private static void down(List<Platform> accepted, String os, int major, int minor) {
        for (int m = minor; m >= 0; m--) {
            accepted.add(new Platform(os, "arm64", "v" + major + (m == 0 ? "" : "." + m)));
        }
    }

    private static List<Platform> arm(String os, int newest) {
        List<Platform> accepted = new ArrayList<>();
        for (int version = newest; version >= 5; version--) {
            accepted.add(new Platform(os, "arm", "v" + version));
        }
        return accepted;
    }

    private static Platform normalised(Platform platform) {
        String os = platform.os().toLowerCase(Locale.ROOT);
        String variant = platform.variant().toLowerCase(Locale.ROOT);
        String numbered = variant.matches("\\d.*") ? "v" + variant : variant;
        return switch (platform.architecture().toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x86-64" -> new Platform(os, "amd64", numbered.isEmpty() ? "v1" : numbered);
            case "386", "i386", "i486", "i586", "i686", "x86" -> new Platform(os, "386", "");
            case "arm64", "aarch64" -> new Platform(os, "arm64", numbered.startsWith("v") ? trimmed(numbered) : "v8");
            case "arm" -> new Platform(os, "arm", numbered.isEmpty() ? "v7" : numbered);
            case "armhf" -> new Platform(os, "arm", "v7");
            case "armel" -> new Platform(os, "arm", "v6");
            case String other -> new Platform(os, other, variant);
        };
    }

    private static String trimmed(String variant) {
        return variant.endsWith(".0") ? variant.substring(0, variant.length() - 2) : variant;
    }

    private static OptionalInt number(String variant) {
        return variant.matches("v\\d{1,2}")
                ? OptionalInt.of(Integer.parseInt(variant.substring(1)))
                : OptionalInt.empty();
    }
}
