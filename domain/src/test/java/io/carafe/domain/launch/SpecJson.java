package io.carafe.domain.launch;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Writes spec records as config.json: component names are its keys, what is empty is left out. */
final class SpecJson {
    private SpecJson() {}

    static String write(Record record) {
        return value(record, "") + "\n";
    }

    private static String value(Object value, String indent) {
        return switch (value) {
            case Record record -> object(record, indent);
            case Map<?, ?> map -> map(map, indent);
            case Collection<?> list -> list(list, indent);
            case String text -> quote(text);
            default -> value.toString();
        };
    }

    private static String object(Record record, String indent) {
        List<String> members = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            read(record, component)
                    .ifPresent(value -> members.add(quote(component.getName()) + ": " + value(value, indent + "  ")));
        }
        return block("{", members, "}", indent);
    }

    private static String map(Map<?, ?> map, String indent) {
        List<String> members = new ArrayList<>();
        new TreeMap<>(map)
                .forEach((key, value) -> members.add(quote(key.toString()) + ": " + value(value, indent + "  ")));
        return block("{", members, "}", indent);
    }

    private static String list(Collection<?> list, String indent) {
        if (list.stream().noneMatch(element -> element instanceof Record)) {
            return "["
                    + String.join(
                            ", ",
                            list.stream().map(element -> value(element, indent)).toList())
                    + "]";
        }
        return block(
                "[", list.stream().map(element -> value(element, indent + "  ")).toList(), "]", indent);
    }

    private static String block(String open, List<String> members, String close, String indent) {
        if (members.isEmpty()) {
            return open + close;
        }
        String separator = ",\n" + indent + "  ";
        return open + "\n" + indent + "  " + String.join(separator, members) + "\n" + indent + close;
    }

    private static Optional<Object> read(Record record, RecordComponent component) {
        try {
            Object value = component.getAccessor().invoke(record);
            return switch (value) {
                case Optional<?> optional -> optional.map(present -> present);
                case OptionalInt number -> number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
                case OptionalLong number -> number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
                case Collection<?> list when list.isEmpty() -> Optional.empty();
                case Map<?, ?> map when map.isEmpty() -> Optional.empty();
                case String text when text.isEmpty() -> Optional.empty();
                default -> Optional.of(value);
            };
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.getName(), e);
        }
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
