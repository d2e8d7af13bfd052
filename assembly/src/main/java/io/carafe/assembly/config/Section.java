package io.carafe.assembly.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tomlj.TomlArray;

/**
 * Takes the keys of one table one by one, each with its type and fallback. What is wrong is noted and the fallback taken, so
 * that all problems are found in one go; {@link #end()} notes what nobody asked for.
 */
final class Section {
    private final String name;
    private final Setting.Table table;
    private final List<ConfigurationProblem> problems;
    private final Set<String> known = new TreeSet<>();

    /** @param name as it stands in the file, such as "daemon"; empty for the top of the file */
    Section(String name, Setting.Table table, List<ConfigurationProblem> problems) {
        this.name = name;
        this.table = table;
        this.problems = problems;
    }

    Origin origin() {
        return table.origin();
    }

    Optional<Origin> originOf(String key) {
        return Optional.ofNullable(table.entries().get(key)).map(Setting::origin);
    }

    String text(String key, String fallback) {
        return value(key, String.class, "a string").orElse(fallback);
    }

    Optional<Path> path(String key) {
        return value(key, String.class, "a string").flatMap(text -> absolute(key, text));
    }

    /** A whole number between the bounds, both included. */
    int number(String key, int least, int most, int fallback) {
        Optional<Long> number = value(key, Long.class, "a whole number");
        if (number.filter(n -> n < least || n > most).isPresent()) {
            problem(key, "must be between " + least + " and " + most + ", but is " + number.get());
            return fallback;
        }
        return number.map(Long::intValue).orElse(fallback);
    }

    /** One of the given words; the value behind it. */
    <T> T choice(String key, Map<String, T> choices, String fallback) {
        String word = text(key, fallback);
        if (!choices.containsKey(word)) {
            problem(key, "must be one of " + new TreeSet<>(choices.keySet()) + ", but is '" + word + "'");
        }
        return Objects.requireNonNull(choices.getOrDefault(word, choices.get(fallback)));
    }

    List<String> texts(String key) {
        return value(key, TomlArray.class, "an array of strings")
                .flatMap(array -> strings(key, array))
                .orElse(List.of());
    }

    Section section(String key) {
        return new Section(qualified(key), inner(key).orElse(Setting.Table.empty(table.origin())), problems);
    }

    /** The tables below {@code key}, by name; a value among them is a problem. */
    Map<String, Section> sections(String key) {
        Map<String, Section> found = new HashMap<>();
        Section parent = section(key);
        for (String child : parent.table.entries().keySet()) {
            found.put(child, parent.section(child));
        }
        return found;
    }

    boolean has(String key) {
        return table.entries().containsKey(key);
    }

    /** All keys that were not asked for yet, as options of a backend, which says later which of them it knows. */
    Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        for (String key : table.entries().keySet()) {
            if (known.add(key)) {
                option(key).ifPresent(text -> options.put(key, text));
            }
        }
        return options;
    }

    /** Notes every key that was not asked for. */
    void end() {
        for (String key : table.entries().keySet()) {
            if (!known.contains(key)) {
                problem(key, "is not a key of " + where() + "; there are " + known);
            }
        }
    }

    void problem(String key, String message) {
        String name = qualified(key);
        problems.add(new ConfigurationProblem(originOf(key).orElse(table.origin()), name, "'" + name + "' " + message));
    }

    private Optional<String> option(String key) {
        return switch (table.entries().get(key)) {
            case Setting.Value(String text, Origin _) -> Optional.of(text);
            case Setting.Value(Boolean flag, Origin _) -> Optional.of(flag.toString());
            case Setting.Value(Long number, Origin _) -> Optional.of(number.toString());
            case Setting.Value(TomlArray array, Origin _) -> strings(key, array).flatMap(texts -> joined(key, texts));
            case null, default -> {
                problem(key, "must be a string, a number, true, false, or an array of strings");
                yield Optional.empty();
            }
        };
    }

    private Optional<String> joined(String key, List<String> texts) {
        if (texts.stream().anyMatch(text -> text.contains(":"))) {
            problem(key, "must not have a ':' in an element");
            return Optional.empty();
        }
        return Optional.of(String.join(":", texts));
    }

    private Optional<List<String>> strings(String key, TomlArray array) {
        List<String> texts = new ArrayList<>();
        for (Object element : array.toList()) {
            if (!(element instanceof String text)) {
                problem(key, "must be an array of strings");
                return Optional.empty();
            }
            texts.add(text);
        }
        return Optional.of(texts);
    }

    private Optional<Path> absolute(String key, String text) {
        if (!text.startsWith("/")) {
            problem(key, "must be an absolute path, but is '" + text + "'");
            return Optional.empty();
        }
        return Optional.of(Path.of(text).normalize());
    }

    private <T> Optional<T> value(String key, Class<T> type, String wanted) {
        known.add(key);
        Setting setting = table.entries().get(key);
        if (setting == null) {
            return Optional.empty();
        }
        if (setting instanceof Setting.Value(Object value, Origin _) && type.isInstance(value)) {
            return Optional.of(type.cast(value));
        }
        problem(key, "must be " + wanted);
        return Optional.empty();
    }

    private Optional<Setting.Table> inner(String key) {
        known.add(key);
        return switch (table.entries().get(key)) {
            case null -> Optional.empty();
            case Setting.Table inner -> Optional.of(inner);
            case Setting.Value _ -> {
                problem(key, "must be a table: [" + qualified(key) + "]");
                yield Optional.empty();
            }
        };
    }

    private String where() {
        return name.isEmpty() ? "the top of the file" : "[" + name + "]";
    }

    private String qualified(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }
}
