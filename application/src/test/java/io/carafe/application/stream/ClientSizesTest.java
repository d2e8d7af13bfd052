package io.carafe.application.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.application.task.Subtasks;
import io.carafe.domain.process.TerminalSize;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientSizesTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final TerminalSize SMALL = new TerminalSize(80, 24);
    private static final TerminalSize LARGE = new TerminalSize(101, 33);

    private final BlockingQueue<Optional<TerminalSize>> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<TerminalSize> told = new LinkedBlockingQueue<>();

    private final ClientStreams client = new ClientStreams() {
        @Override
        public InputStream stdin() {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream stdout() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public OutputStream stderr() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public Optional<TerminalSize> nextSize() throws InterruptedException {
            return sent.take();
        }
    };

    @Test
    void firstIsWaitedForAndTheProcessIsToldItAndTheNext() throws Exception {
        try (var sizes = listening()) {
            sent.add(Optional.of(SMALL));

            assertThat(sizes.first(LONG)).contains(SMALL);
            sizes.to(told::add);
            sent.add(Optional.of(LARGE));
            assertThat(told.take()).isEqualTo(SMALL);
            assertThat(told.take()).isEqualTo(LARGE);
        }
    }

    @Test
    void clientThatTellsNoneIsWaitedForNoLongerThanTheLimit() throws Exception {
        try (var sizes = listening()) {
            assertThat(sizes.first(Duration.ofMillis(1))).isEmpty();
            sizes.to(told::add);
            sent.add(Optional.of(LARGE));
            assertThat(told.take()).isEqualTo(LARGE);
        }
    }

    @Test
    void clientThatWillTellNoneIsNotWaitedFor() throws Exception {
        try (var sizes = listening()) {
            sent.add(Optional.empty());
            assertThat(sizes.first(LONG)).isEmpty();
        }
    }

    @Test
    void withoutATerminalThereIsNothingToWaitFor() throws Exception {
        var relay = new ProcessRelay(new Subtasks());
        try (var sizes = relay.sizes("exec", client, new StreamSet(true, true, true, false))) {
            assertThat(sizes.first(LONG)).isEmpty();
        }
    }

    private ClientSizes listening() {
        return new ProcessRelay(new Subtasks()).sizes("exec", client, new StreamSet(true, true, false, true));
    }
}
