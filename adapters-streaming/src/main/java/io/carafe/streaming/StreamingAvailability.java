package io.carafe.streaming;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which streams are served.
 *
 * @param missing those that are not, each with a sentence that says so; a stream that is not named is served
 */
public record StreamingAvailability(Map<StreamKind, String> missing) {
    public StreamingAvailability {
        missing = Map.copyOf(missing);
    }

    /** What this version serves. */
    public static StreamingAvailability current() {
        return new StreamingAvailability(Arrays.stream(StreamKind.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        kind -> kind.call() + ": this version of Carafe serves no URL for it yet"
                                + (kind == StreamKind.EXEC ? "; ExecSync works" : ""))));
    }
}
