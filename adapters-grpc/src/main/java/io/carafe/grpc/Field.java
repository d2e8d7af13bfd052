package io.carafe.grpc;

import io.carafe.domain.fault.Fault;
import java.util.Optional;

/** The place of a value in a request, as {@code config.mounts[2].image}, so that a refusal can name it. */
record Field(String path) {
    static Field of(String name) {
        return new Field(name);
    }

    Field dot(String name) {
        return new Field(path + "." + name);
    }

    Field at(int index) {
        return new Field(path + "[" + index + "]");
    }

    /** The value is wrong on every node. */
    Fault invalid(String why) {
        return new Fault.InvalidArgument(path + ": " + why);
    }

    /** The value is right, but nothing here honours it. */
    Fault unsupported(String why) {
        return new Fault.Unsupported(path + ": " + why);
    }

    String required(String value) {
        if (value.isEmpty()) {
            throw invalid("is empty; set it");
        }
        return value;
    }

    String absolute(String value) {
        if (!value.startsWith("/")) {
            throw invalid("'" + value + "' is not an absolute path");
        }
        return value;
    }

    Fault unknown(int number) {
        return invalid("has no value " + number + " in this version of CRI");
    }

    /** Empty text means unset. */
    static Optional<String> optional(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
