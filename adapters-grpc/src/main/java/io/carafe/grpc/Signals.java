package io.carafe.grpc;

import io.carafe.domain.process.Signal;
import java.util.Optional;

/** Signals by CRI's names: SIGNAL_SIGTERM, SIGNAL_SIGRTMINPLUS3, SIGNAL_SIGRTMAXMINUS14. */
final class Signals {
    private static final String PREFIX = "SIGNAL_";

    private Signals() {}

    static Optional<Signal> fromProto(io.carafe.cri.v1.Signal proto, int number, Field field) {
        return switch (proto) {
            case SIGNAL_RUNTIME_DEFAULT -> Optional.empty();
            case UNRECOGNIZED -> throw field.unknown(number);
            default -> Optional.of(parse(proto));
        };
    }

    /** RUNTIME_DEFAULT for the two numbers that libc keeps for itself, which have no name. Of synonyms the first. */
    static io.carafe.cri.v1.Signal toProto(Signal signal) {
        for (io.carafe.cri.v1.Signal candidate : io.carafe.cri.v1.Signal.values()) {
            boolean real = candidate != io.carafe.cri.v1.Signal.SIGNAL_RUNTIME_DEFAULT
                    && candidate != io.carafe.cri.v1.Signal.UNRECOGNIZED;
            if (real && parse(candidate).equals(signal)) {
                return candidate;
            }
        }
        return io.carafe.cri.v1.Signal.SIGNAL_RUNTIME_DEFAULT;
    }

    private static Signal parse(io.carafe.cri.v1.Signal proto) {
        return Signal.parse(
                proto.name().substring(PREFIX.length()).replace("PLUS", "+").replace("MINUS", "-"));
    }
}
