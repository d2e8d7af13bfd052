package io.carafe.application.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.resource.Bytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedOutputBudgetTest {
    private final SharedOutputBudget budget = new SharedOutputBudget(Bytes.ofMebibytes(2), Duration.ofMillis(20));

    @Test
    void nobodyGetsWhatOthersHave() throws InterruptedException {
        var first = budget.take(Bytes.ofMebibytes(1)).orElseThrow();
        var second = budget.take(Bytes.ofMebibytes(1)).orElseThrow();

        assertThat(budget.take(new Bytes(1))).isEmpty();

        first.close();
        assertThat(budget.take(Bytes.ofMebibytes(1))).isPresent();
        second.close();
    }

    @Test
    void closingTwiceGivesBackOnce() throws InterruptedException {
        var first = budget.take(Bytes.ofMebibytes(1)).orElseThrow();
        var second = budget.take(Bytes.ofMebibytes(1)).orElseThrow();
        first.close();
        first.close();

        assertThat(budget.take(Bytes.ofMebibytes(2))).isEmpty();
        second.close();
        assertThat(budget.take(Bytes.ofMebibytes(2))).isPresent();
    }

    @Test
    void whoWantsMoreThanThereIsGetsAll() throws InterruptedException {
        var all = budget.take(Bytes.ofMebibytes(100)).orElseThrow();
        assertThat(budget.take(new Bytes(1))).isEmpty();
        all.close();
        assertThat(budget.take(new Bytes(1))).isPresent();
    }
}
