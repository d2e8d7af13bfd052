package io.carafe.assembly.node;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One death of the daemon at a random moment. The system property {@code carafe.crash.rounds} sets how many there are, {@code
 * carafe.crash.seed} where the moments start from.
 */
record CrashRound(int number) {
    private static final int ROUNDS = Integer.getInteger("carafe.crash.rounds", 3);
    private static final long SEED = Long.getLong("carafe.crash.seed", System.nanoTime());

    static Stream<CrashRound> all() {
        return IntStream.range(0, ROUNDS).mapToObj(CrashRound::new);
    }

    Random random() {
        return new Random(SEED + number);
    }

    /** For messages: enough to come to the same moment again. */
    String killedAfter(int milliseconds) {
        return "seed " + (SEED + number) + ", killed after " + milliseconds + " ms";
    }
}
