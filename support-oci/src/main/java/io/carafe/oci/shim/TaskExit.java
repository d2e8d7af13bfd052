package io.carafe.oci.shim;

import io.carafe.oci.ttrpc.ProtoFields;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * How a task or an exec ended.
 *
 * @param at empty if the shim does not say
 */
public record TaskExit(int code, Optional<Instant> at) {
    /** WaitResponse. */
    static TaskExit ofWait(ProtoFields response) throws IOException {
        return new TaskExit((int) response.number(1), instant(response, 2));
    }

    /** DeleteResponse. */
    static TaskExit ofDeletion(ProtoFields response) throws IOException {
        return new TaskExit((int) response.number(2), instant(response, 3));
    }

    /** google.protobuf.Timestamp. */
    static Optional<Instant> instant(ProtoFields fields, int number) throws IOException {
        return fields.message(number)
                .filter(time -> time.number(1) > 0)
                .map(time -> Instant.ofEpochSecond(time.number(1), time.number(2)));
    }
}
