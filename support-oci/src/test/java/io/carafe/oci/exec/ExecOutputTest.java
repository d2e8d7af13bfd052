package io.carafe.oci.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.resource.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecOutputTest {
    private static final int LIMIT = 100_000;
    private static final byte[] CHUNK = new byte[10_000];

    private final List<String> events = new ArrayList<>();
    private final ExecOutput.Memory budget = amount -> {
        events.add("take " + amount.value());
        return Optional.of(() -> events.add("give back"));
    };

    @Test
    void littleOutputTakesNothingFromTheBudget() throws InterruptedException {
        try (var output = new ExecOutput(new Bytes(LIMIT), budget)) {
            output.stdout().keep(CHUNK, 10_000);
            output.stderr().keep(CHUNK, 10_000);
            assertThat(output.stdout().take()).hasSize(10_000);
        }
        assertThat(events).isEmpty();
    }

    @Test
    void muchOutputTakesOnceAndGivesBackAtTheEnd() throws InterruptedException {
        try (var output = new ExecOutput(new Bytes(LIMIT), budget)) {
            fill(output.stdout());
            fill(output.stderr());
            assertThat(events).containsExactly("take " + 2 * LIMIT);
        }
        assertThat(events).containsExactly("take " + 2 * LIMIT, "give back");
    }

    @Test
    void bothStreamsTogetherStayWithinTheLimitAndEachHasHalf() throws InterruptedException {
        var output = new ExecOutput(new Bytes(LIMIT), budget);
        fill(output.stdout());
        output.stderr().keep(CHUNK, 10);
        fill(output.stderr());

        assertThat(output.stdout().take()).hasSize(LIMIT / 2);
        assertThat(output.stderr().take()).hasSize(LIMIT / 2);
    }

    @Test
    void streamThatIsAloneHasAll() throws InterruptedException {
        var output = new ExecOutput(new Bytes(LIMIT), budget);
        output.stderr().keep(new byte[] {1, 2}, 2);
        fill(output.stdout());

        assertThat(output.stdout().take()).hasSize(LIMIT - 2);
        assertThat(output.stderr().take()).containsExactly(1, 2);
    }

    @Test
    void wantOfMemoryIsSaidAndNotAskedForAgain() throws InterruptedException {
        var output = new ExecOutput(new Bytes(LIMIT), amount -> {
            events.add("take");
            return Optional.empty();
        });
        fill(output.stdout());

        assertThat(output.isRefused()).isTrue();
        assertThat(events).containsExactly("take");
        assertThat(output.stdout().take()).hasSizeLessThanOrEqualTo(ExecOutput.FREE);
    }

    private static void fill(ExecOutput.Stream stream) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            stream.keep(CHUNK, CHUNK.length);
        }
    }
}
