package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.store.RecordKind;
import io.carafe.ports.store.RecordStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RecordStore} does. */
public abstract class RecordStoreTck {
    /** All that a record may be made of. */
    public record Sample(
            String text,
            int number,
            long big,
            double fraction,
            boolean flag,
            Color color,
            Instant at,
            Duration takes,
            Path path,
            Optional<String> maybe,
            OptionalLong maybeLong,
            OptionalInt maybeInt,
            Optional<Shape> maybeShape,
            List<Shape> shapes,
            Map<Color, Path> paths,
            Map<String, List<Long>> lists) {}

    /** Keys of a map. */
    public enum Color {
        RED,
        DARK_GREEN
    }

    /** A sealed type with a variant without components, a nested one and a sealed one below. */
    public sealed interface Shape {
        record Point() implements Shape {}

        record Circle(long radius, Optional<Shape> inside) implements Shape {}

        sealed interface Polygon extends Shape {}

        record Square(String type) implements Polygon {}
    }

    private static final RecordKind<Sample> SAMPLES = new RecordKind<>("sample", Sample.class, 1);
    private static final RecordKind<Shape> SHAPES = new RecordKind<>("shape", Shape.class, 1);

    @TempDir
    Path directory;

    private BackendContext context;
    private RecordStore store;

    /** The port over a context; called again with the same one it stands for the daemon's restart. */
    protected abstract RecordStore create(BackendContext context);

    @BeforeEach
    void make() {
        context = TckContexts.in(directory, Map.of());
        store = create(context);
    }

    @Test
    void aNewStoreIsEmpty() {
        assertThat(store.load(SAMPLES).values()).isEmpty();
        assertThat(store.load(SAMPLES).quarantined()).isEmpty();
        assertThat(store.quarantined()).isEmpty();
        assertThat(store.quarantinedIds(SAMPLES)).isEmpty();
    }

    @Test
    void everyPartOfARecordComesBackAfterARestart() {
        Sample full = new Sample(
                "a \"text\" with \u0000, \u00e4 and \ud83d\ude00",
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                0.1,
                true,
                Color.DARK_GREEN,
                Instant.parse("2026-01-02T03:04:05.123456789Z"),
                Duration.ofNanos(1_500_000_001),
                Path.of("/a b/ c "),
                Optional.of(""),
                OptionalLong.of(-1),
                OptionalInt.of(-1000),
                Optional.of(new Shape.Circle(3, Optional.of(new Shape.Point()))),
                List.of(new Shape.Point(), new Shape.Square("a component named type")),
                Map.of(Color.RED, Path.of("/red"), Color.DARK_GREEN, Path.of("relative/green")),
                Map.of("", List.of(), "two", List.of(1L, 2L)));
        Sample bare = new Sample(
                "",
                0,
                0,
                0,
                false,
                Color.RED,
                Instant.EPOCH,
                Duration.ZERO,
                Path.of("/"),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of());
        store.save(SAMPLES, "full", full);
        store.save(SAMPLES, "bare", bare);

        assertThat(store.load(SAMPLES).values()).isEqualTo(Map.of("full", full, "bare", bare));
        assertThat(create(context).load(SAMPLES).values()).isEqualTo(Map.of("full", full, "bare", bare));
        assertThat(store.quarantined()).isEmpty();
    }

    @Test
    void aRecordMayItselfBeOfASealedType() {
        Shape circle = new Shape.Circle(1, Optional.empty());
        Shape square = new Shape.Square("x");
        store.save(SHAPES, "circle", circle);
        store.save(SHAPES, "square", square);

        assertThat(create(context).load(SHAPES).values()).isEqualTo(Map.of("circle", circle, "square", square));
    }

    @Test
    void aLaterSaveReplacesTheWholeRecord() {
        store.save(SHAPES, "a", new Shape.Square("a long text, longer than what comes next"));
        store.save(SHAPES, "a", new Shape.Point());

        assertThat(create(context).load(SHAPES).values()).isEqualTo(Map.of("a", new Shape.Point()));
    }

    @Test
    void deleteIsIdempotentAndLeavesOthers() {
        store.save(SHAPES, "a", new Shape.Point());
        store.save(SHAPES, "b", new Shape.Point());

        store.delete(SHAPES, "a");
        store.delete(SHAPES, "a");
        store.delete(SHAPES, "never-there");

        assertThat(store.load(SHAPES).values()).containsOnlyKeys("b");
        assertThat(create(context).load(SHAPES).values()).containsOnlyKeys("b");
    }

    @Test
    void anIdCanBeUsedAgainAfterItsDeletion() {
        store.save(SHAPES, "a", new Shape.Square("old"));
        store.delete(SHAPES, "a");
        store.save(SHAPES, "a", new Shape.Point());

        assertThat(create(context).load(SHAPES).values()).isEqualTo(Map.of("a", new Shape.Point()));
    }

    @Test
    void kindsDoNotSeeEachOther() {
        store.save(SHAPES, "a", new Shape.Point());

        assertThat(store.load(SAMPLES).values()).isEmpty();
        store.delete(SAMPLES, "a");
        assertThat(store.load(SHAPES).values()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0123abcdef", "sha256:0123", "Name_with.all-of+it@x"})
    void idsOfTheDomainAreTaken(String id) {
        store.save(SHAPES, id, new Shape.Point());

        assertThat(create(context).load(SHAPES).values()).containsOnlyKeys(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".hidden", "a/b", "../a", "a\nb", "a b", "-a"})
    void idsThatAreNoSafeFileNamesAreRefused(String id) {
        assertThatThrownBy(() -> store.save(SHAPES, id, new Shape.Point())).isInstanceOf(Fault.InvalidArgument.class);
        assertThatThrownBy(() -> store.delete(SHAPES, id)).isInstanceOf(Fault.InvalidArgument.class);
    }

    @Test
    void savesAtTheSameTimeAreAllKept() throws InterruptedException {
        List<Callable<String>> saves = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String id = "id-" + i % 20;
            saves.add(() -> {
                store.save(SHAPES, id, new Shape.Square(id));
                return id;
            });
        }
        context.tasks().all("save", 40, saves);

        Map<String, Shape> loaded = create(context).load(SHAPES).values();
        assertThat(loaded).hasSize(20);
        loaded.forEach((id, shape) -> assertThat(shape).isEqualTo(new Shape.Square(id)));
    }

    @Test
    void aSaveOfAnInterruptedThreadIsDoneAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();
        store.save(SHAPES, "a", new Shape.Point());
        store.delete(SHAPES, "b");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(create(context).load(SHAPES).values()).containsOnlyKeys("a");
    }
}
