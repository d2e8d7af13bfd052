package io.carafe.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.tck.TckContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plugins that are shell scripts: they write down how they were called and then do what a test says. */
final class FakePlugins {
    static final String RESULT = """
            {"cniVersion":"1.0.0",
             "interfaces":[{"name":"eth0","sandbox":"/run/netns/x"}],
             "ips":[{"address":"10.1.2.3/24","interface":0}]}""";

    /** Answers every ADD with {@link #RESULT}. */
    static final String GOOD = "[ $CNI_COMMAND = ADD ] && echo '" + RESULT + "'\nexit 0";

    private final Path directory;

    FakePlugins(Path directory) {
        this.directory = directory;
        for (String name : List.of("bin", "calls", "net.d")) {
            try {
                Files.createDirectories(directory.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Path bin() {
        return directory.resolve("bin");
    }

    Path confDir() {
        return directory.resolve("net.d");
    }

    /** Installs a plugin that runs {@code body} after it has written down its call. */
    FakePlugins plugin(String type, String body) {
        Path calls = directory.resolve("calls");
        String script = """
                #!/bin/sh
                echo "$CNI_COMMAND %1$s" >> %2$s/order
                cat > %2$s/%1$s.$CNI_COMMAND.json
                env | grep '^CNI_' > %2$s/%1$s.$CNI_COMMAND.env
                %3$s
                """.formatted(type, calls, body);
        Path file = bin().resolve(type);
        write(file, script);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Writes a network of plugins without options. */
    FakePlugins network(String version, String... types) {
        ObjectNode root = CniJson.object().put("cniVersion", version).put("name", "fake");
        for (String type : types) {
            root.withArray("plugins").addObject().put("type", type);
        }
        return configuration("10-fake.conflist", root.toString());
    }

    FakePlugins configuration(String file, String json) {
        write(confDir().resolve(file), json);
        return this;
    }

    /** The port over these plugins; called again it stands for the daemon's restart. */
    PodNetwork open(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("conf_dir", confDir().toString());
        options.put("bin_dirs", bin().toString());
        return new CniProvider().create(TckContexts.in(directory, options));
    }

    PodNetwork open() {
        return open(Map.of("plugin_timeout", "10"));
    }

    /** Which plugins were asked what, in order, since this was asked last. */
    List<String> order() {
        try {
            Path file = directory.resolve("calls/order");
            List<String> order = Files.exists(file) ? Files.readAllLines(file) : List.of();
            Files.deleteIfExists(file);
            return order;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the last call of a kind had on its standard input. */
    ObjectNode input(String type, CniVerb verb) {
        try {
            return CniJson.parse(Files.readAllBytes(directory.resolve("calls/" + type + "." + verb + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The CNI_ variables of the last call of a kind. */
    Map<String, String> environment(String type, CniVerb verb) {
        Map<String, String> environment = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(directory.resolve("calls/" + type + "." + verb + ".env"))) {
                int at = line.indexOf('=');
                environment.put(line.substring(0, at), line.substring(at + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return environment;
    }

    /** The files of attachments that may exist. */
    List<Path> attachments() {
        try (var files = Files.list(directory.resolve("state/attachments"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
