package io.carafe.assembly.config;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.spi.Options;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a {@link Configuration}. What the files do not say has the default that the shipped file documents. */
public final class ConfigurationFile {
    /** Where an installed node has it. */
    public static final Path DEFAULT = Path.of("/etc/carafe/config.toml");

    /** The kernel's limit for a socket's path, with the NUL that ends it (unix(7)). */
    private static final int SOCKET_PATH_LIMIT = 108;

    /** What is left of that for the folder: a backend adds its name, a container's id of 64 digits and a name. */
    private static final int SOCKETS_LIMIT = 28;

    private static final Map<String, String> DEFAULT_HANDLERS =
            Map.of("runc", "runc", "crun", "runc", "runsc", "gvisor", "kata", "kata");

    /** What RuntimeClass.handler may be: a DNS label. */
    private static final Pattern HANDLER_NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final List<ConfigurationProblem> problems = new ArrayList<>();

    private ConfigurationFile() {}

    /** Reads the file, which must exist, and its drop-ins. */
    public static Configuration read(Path file) throws ConfigurationException {
        return draft(file).good();
    }

    /** The same, but a file that does not exist is an empty one. */
    public static Configuration readIfThere(Path file) throws ConfigurationException {
        return draftIfThere(file).good();
    }

    /** As {@link #read}, for who wants to know more of a configuration that is wrong. */
    public static ConfigurationDraft draft(Path file) {
        return new ConfigurationFile().draft(file, true);
    }

    /** As {@link #readIfThere}, for who wants to know more of a configuration that is wrong. */
    public static ConfigurationDraft draftIfThere(Path file) {
        return new ConfigurationFile().draft(file, false);
    }

    /** Only {@code [handlers.*]} of the file and its drop-ins: it may be a drop-in itself, and what else it says is not looked at. */
    public static SortedMap<String, BackendSettings> readHandlers(Path file) throws ConfigurationException {
        return new ConfigurationFile().onlyHandlers(file);
    }

    private SortedMap<String, BackendSettings> onlyHandlers(Path file) throws ConfigurationException {
        Setting.Table merged = new TomlFiles(problems).read(file.toAbsolutePath(), true);
        SortedMap<String, BackendSettings> handlers = handlers(new Section("", merged, problems));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return handlers;
    }

    private ConfigurationDraft draft(Path file, boolean required) {
        Setting.Table merged = new TomlFiles(problems).read(file.toAbsolutePath(), required);
        boolean parsed = problems.isEmpty();
        Section top = new Section("", merged, problems);
        SortedMap<String, BackendSettings> handlers = handlers(top);
        String defaultHandler = top.text("default_handler", "runc");
        if (!handlers.containsKey(defaultHandler)) {
            top.problem(
                    "default_handler",
                    "is '" + defaultHandler + "', but there is no [handlers." + defaultHandler + "]"
                            + (DEFAULT_HANDLERS.containsKey(defaultHandler)
                                    ? ": once any [handlers.*] is given, the built-in ones are gone; add it"
                                    : ""));
        }
        var configuration = new Configuration(
                daemon(top.section("daemon")),
                defaultHandler,
                handlers,
                backend(top.section("network"), "network", "cni"),
                backend(top.section("registry"), "registry", "distribution"),
                backend(top.section("storage"), "storage", "overlayfs"),
                backend(top.section("host"), "host", "linux"),
                images(top.section("images")),
                streaming(top.section("streaming")));
        top.end();
        return new ConfigurationDraft(configuration, problems, parsed);
    }

    private static DaemonSettings daemon(Section section) {
        Path root = section.path("root").orElse(Path.of("/var/lib/carafe"));
        Path run = section.path("run").orElse(Path.of("/run/carafe"));
        var settings = new DaemonSettings(
                root,
                run,
                section.path("sockets").orElse(run.resolve("s")),
                section.path("socket").orElse(run.resolve("carafe.sock")),
                section.choice(
                        "cgroup_driver",
                        Map.of(
                                "auto", Optional.empty(),
                                "cgroupfs", Optional.of(CgroupDriver.CGROUPFS),
                                "systemd", Optional.of(CgroupDriver.SYSTEMD)),
                        "auto"),
                section.choice(
                        "log_level",
                        Map.of(
                                "debug",
                                Level.DEBUG,
                                "info",
                                Level.INFO,
                                "warning",
                                Level.WARNING,
                                "error",
                                Level.ERROR),
                        "info"),
                section.path("adapters"),
                Duration.ofSeconds(section.number("shutdown_seconds", 0, 300, 10)));
        limit(section, "sockets", settings.sockets(), SOCKETS_LIMIT);
        limit(section, "socket", settings.socket(), SOCKET_PATH_LIMIT - 1);
        section.end();
        return settings;
    }

    private static void limit(Section section, String key, Path path, int limit) {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > limit) {
            section.problem(
                    key,
                    "has " + length + " bytes, but the kernel's limit for sockets leaves " + limit + ": " + path
                            + "; set it to a short path below /run");
        }
    }

    private static SortedMap<String, BackendSettings> handlers(Section top) {
        SortedMap<String, BackendSettings> handlers = new TreeMap<>();
        Map<String, Section> sections = top.sections("handlers");
        sections.forEach((name, section) -> {
            if (!section.has("provider")) {
                section.problem("provider", "is missing: it says who serves this handler, such as \"runc\"");
            }
            if (!HANDLER_NAME.matcher(name).matches()) {
                section.problem(
                        "provider",
                        "serves a handler of an impossible name: a RuntimeClass takes lower-case letters, digits and '-', at most 63");
            }
            handlers.put(name, backend(section, "handlers." + name, name));
        });
        if (!top.has("handlers")) {
            DEFAULT_HANDLERS.forEach((name, provider) -> handlers.put(
                    name,
                    new BackendSettings("handlers." + name, provider, defaultOptions(name), top.origin(), Map.of())));
        }
        return handlers;
    }

    /** crun is driven as runc is, so only its path tells them apart. */
    private static Options defaultOptions(String handler) {
        return handler.equals("crun") ? new Options(Map.of("path", "/usr/bin/crun")) : Options.NONE;
    }

    private static BackendSettings backend(Section section, String name, String defaultProvider) {
        String provider = section.text("provider", defaultProvider);
        Map<String, String> options = section.options();
        Map<String, Origin> origins = new HashMap<>();
        options.keySet().forEach(key -> section.originOf(key).ifPresent(origin -> origins.put(key, origin)));
        return new BackendSettings(name, provider, new Options(options), section.origin(), origins);
    }

    private static ImageSettings images(Section section) {
        var settings = new ImageSettings(section.number("max_concurrent_layers", 1, 64, 3), section.texts("pinned"));
        for (String reference : settings.pinned()) {
            try {
                var _ = ImageReference.parse(reference);
            } catch (Fault.InvalidArgument e) {
                section.problem("pinned", "has no reference of an image in '" + reference + "': " + e.getMessage());
            }
        }
        section.end();
        return settings;
    }

    private static StreamingSettings streaming(Section section) {
        String address = section.text("address", "127.0.0.1");
        try {
            InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            section.problem("address", "must be an IP address, but is '" + address + "'");
        }
        var settings = new StreamingSettings(
                address,
                section.number("port", 0, 65535, 0),
                section.path("tls_certificate"),
                section.path("tls_key"),
                Duration.ofSeconds(section.number("idle_timeout_seconds", 1, 7 * 86_400, 4 * 3_600)),
                Duration.ofSeconds(section.number("url_seconds", 1, 3_600, 60)),
                section.number("max_in_flight", 1, 100_000, 128));
        if (settings.tlsCertificate().isPresent() != settings.tlsKey().isPresent()) {
            section.problem(
                    settings.tlsKey().isPresent() ? "tls_key" : "tls_certificate",
                    "stands alone: TLS takes both tls_certificate and tls_key");
        }
        section.end();
        return settings;
    }
}
