package io.carafe.assembly.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads a file and the drop-ins beside it, {@code config.d/*.toml} in the order of their names, into one table. */
final class TomlFiles {
    private final List<ConfigurationProblem> problems;

    TomlFiles(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    /** @param required whether a missing {@code file} is a problem; missing drop-ins never are */
    Setting.Table read(Path file, boolean required) {
        Setting.Table merged = Setting.Table.empty(Origin.of(file));
        if (required || Files.exists(file)) {
            merged = merged.overlaid(parse(file));
        }
        for (Path dropIn : dropIns(file.resolveSibling("config.d"))) {
            merged = merged.overlaid(parse(dropIn));
        }
        return merged;
    }

    private List<Path> dropIns(Path directory) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.toml")) {
                files.forEach(found::add);
            } catch (IOException e) {
                problem(Origin.of(directory), "cannot be listed: " + e);
            }
        }
        found.sort(null);
        return found;
    }

    private Setting.Table parse(Path file) {
        try {
            TomlParseResult parsed = Toml.parse(file);
            parsed.errors()
                    .forEach(error ->
                            problem(new Origin(file, error.position().line()), String.valueOf(error.getMessage())));
            return table(parsed, file, Origin.of(file));
        } catch (NoSuchFileException _) {
            problem(Origin.of(file), "does not exist");
            return Setting.Table.empty(Origin.of(file));
        } catch (IOException e) {
            problem(Origin.of(file), "cannot be read: " + e);
            return Setting.Table.empty(Origin.of(file));
        }
    }

    private static Setting.Table table(TomlTable toml, Path file, Origin origin) {
        Map<String, Setting> entries = new TreeMap<>();
        toml.entrySet().forEach(entry -> {
            Origin at = Optional.ofNullable(toml.inputPositionOf(List.of(entry.getKey())))
                    .map(position -> new Origin(file, position.line()))
                    .orElse(origin);
            entries.put(
                    entry.getKey(),
                    entry.getValue() instanceof TomlTable inner
                            ? table(inner, file, at)
                            : new Setting.Value(entry.getValue(), at));
        });
        return new Setting.Table(entries, origin);
    }

    private void problem(Origin origin, String message) {
        problems.add(new ConfigurationProblem(origin, "", message));
    }
}
