package io.carafe.storage.records;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.PodSandboxId;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes records of any type with every component set, by reflection, so that a component added to the domain is tested without
 * anybody thinking of it. {@code turn} picks among the variants of sealed types and the constants of enums.
 */
final class FilledRecords {
    private final int turn;
    private final Set<Object> choices = new HashSet<>();
    private long counter;

    FilledRecords(int turn) {
        this.turn = turn;
    }

    <T> T fill(Class<T> type) {
        return type.cast(value(type));
    }

    /** The variants and constants that this turn, or another, had to choose from. */
    Set<Object> choices() {
        return Set.copyOf(choices);
    }

    /** Those that are in a record. */
    static Stream<Object> chosen(Object value) {
        return switch (value) {
            case Enum<?> constant -> Stream.of(constant);
            case Optional<?> optional -> optional.stream().flatMap(FilledRecords::chosen);
            case List<?> list -> list.stream().flatMap(FilledRecords::chosen);
            case Map<?, ?> map ->
                Stream.concat(map.keySet().stream(), map.values().stream()).flatMap(FilledRecords::chosen);
            case Record record ->
                Stream.concat(
                        Stream.of(record.getClass()),
                        Arrays.stream(record.getClass().getRecordComponents())
                                .flatMap(component -> chosen(component(component, record))));
            default -> Stream.empty();
        };
    }

    private static Object component(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(component + " cannot be read", e);
        }
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return switch (generic.getRawType().getTypeName()) {
                case "java.util.Optional" -> Optional.of(value(arguments[0]));
                case "java.util.List" -> List.of(value(arguments[0]), value(arguments[0]));
                case "java.util.Map" -> Map.of(value(arguments[0]), value(arguments[1]));
                default -> throw new IllegalArgumentException(type.getTypeName());
            };
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            Object[] constants = plain.getEnumConstants();
            choices.addAll(List.of(constants));
            return constants[turn % constants.length];
        }
        if (plain.isSealed()) {
            Class<?>[] variants = plain.getPermittedSubclasses();
            choices.addAll(List.of(variants));
            return value(variants[turn % variants.length]);
        }
        counter++;
        // those that take only what is valid, then what JSON must learn to write, then any record
        return switch (plain.getName()) {
            case "io.carafe.domain.image.Digest" -> Digest.sha256(hex());
            case "io.carafe.domain.sandbox.PodSandboxId" -> new PodSandboxId(hex());
            case "io.carafe.domain.container.ContainerId" -> new ContainerId(hex());
            case "io.carafe.domain.process.Signal" -> new Signal((int) (counter % 64) + 1);
            case "java.lang.String" -> " text \"" + counter + "\"\n\u00e4 ";
            case "java.nio.file.Path" -> Path.of("/a b/" + counter + " ");
            case "java.time.Instant" -> Instant.ofEpochSecond(1_700_000_000L + counter, counter);
            case "java.time.Duration" -> Duration.ofNanos(counter);
            case "java.util.OptionalLong" -> OptionalLong.of(Long.MAX_VALUE - counter);
            case "java.util.OptionalInt" -> OptionalInt.of((int) -counter);
            case "long", "java.lang.Long" -> Long.MAX_VALUE - counter;
            case "int", "java.lang.Integer" -> (int) counter;
            case "boolean", "java.lang.Boolean" -> (turn + counter) % 2 == 0;
            case "double", "java.lang.Double" -> counter / 3.0;
            default -> record(plain);
        };
    }

    private String hex() {
        return "%064x".formatted(counter);
    }

    /** Where the record refuses its components together, the first change of one of them that it takes. */
    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException("no record: " + type);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> value(component.getGenericType()))
                .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return Stream.concat(Stream.<Object[]>of(values), changed(values))
                    .flatMap(candidate -> made(constructor, candidate).stream())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(type + " refuses all of our fillings"));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " cannot be made", e);
        }
    }

    private static Optional<Object> made(Constructor<?> constructor, Object[] values) {
        try {
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Fault.InvalidArgument) {
                return Optional.empty();
            }
            throw new IllegalArgumentException(constructor + " fails", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(constructor + " cannot be called", e);
        }
    }

    /** Each with one component the other way round or unset; which comes first depends on the turn. Variants and constants stay. */
    private Stream<Object[]> changed(Object[] values) {
        return IntStream.range(0, values.length)
                .map(i -> (i + turn) % values.length)
                .boxed()
                .flatMap(i -> other(values[i]).stream().map(other -> {
                    Object[] changed = values.clone();
                    changed[i] = other;
                    return changed;
                }));
    }

    private static Optional<Object> other(Object value) {
        return switch (value) {
            case Boolean flag -> Optional.of(!flag);
            case String _ -> Optional.of("");
            case OptionalLong _ -> Optional.of(OptionalLong.empty());
            case OptionalInt _ -> Optional.of(OptionalInt.empty());
            case Optional<?> _ -> Optional.of(Optional.empty());
            default -> Optional.empty();
        };
    }
}
