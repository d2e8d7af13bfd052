package io.carafe.ports.runtime;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import java.time.Instant;
import java.util.Optional;

/** What a handler found when it looked. Unreachable destroys nothing; Gone needs proof. */
public sealed interface Observation {
    record Created() implements Observation {}

    /** @param init the container's own first process on the host, empty where it has none there (gVisor, Kata) */
    record Running(Optional<ProcessIdentity> init) implements Observation {}

    record Paused() implements Observation {}

    record Exited(ExitStatus status) implements Observation {}

    /** It cannot be said; shown as Unknown. */
    record Unreachable(Instant since, String why) implements Observation {}

    /** There is nothing, and this is why that is certain. */
    record Gone(String proof) implements Observation {}
}
