package io.carafe.application.undo;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {
    private final List<String> done = new ArrayList<>();
    private final Undo undo = new Undo("test");

    @Test
    void givesBackLastFirst() {
        undo.push("one", () -> done.add("one"));
        undo.push("two", () -> done.add("two"));

        undo.close();

        assertThat(done).containsExactly("two", "one");
        assertThat(undo.failures()).isEmpty();
    }

    @Test
    void keepsWhatIsKept() {
        undo.push("one", () -> done.add("one"));
        undo.keep();

        undo.close();

        assertThat(done).isEmpty();
    }

    @Test
    void closingTwiceGivesBackOnce() {
        undo.push("one", () -> done.add("one"));

        undo.close();
        undo.close();

        assertThat(done).containsExactly("one");
    }

    @Test
    void failedStepIsNamedAndStopsNoOther() {
        undo.push("one", () -> done.add("one"));
        undo.push("two", () -> {
            throw new Fault.Unavailable("no");
        });

        undo.close();

        assertThat(done).containsExactly("one");
        assertThat(undo.failures()).containsExactly("two: no");
    }

    @Test
    void interruptIsHeldBackUntilAllSteps() {
        undo.push("one", () -> done.add("interrupted " + Thread.currentThread().isInterrupted()));
        Thread.currentThread().interrupt();

        undo.close();

        assertThat(done).containsExactly("interrupted false");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interruptedStepIsAFailureAndStopsNoOther() {
        undo.push("one", () -> done.add("one"));
        undo.push("two", () -> {
            throw new InterruptedException();
        });

        undo.close();

        assertThat(done).containsExactly("one");
        assertThat(undo.failures()).containsExactly("two: interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
