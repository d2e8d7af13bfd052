package io.carafe.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.carafe.domain.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for a zero byte in any text of a request. Neither a path nor an argument or a variable of a process can hold one (execve(2)),
 * and what is written to files for programs in C would end there.
 */
final class ZeroBytes {
    private ZeroBytes() {}

    /** The refusal of the first text that has one; empty if none has. */
    static Optional<Fault> refusal(Message request) {
        return in(request, Optional.empty());
    }

    private static Optional<Fault> in(Message message, Optional<Field> parent) {
        for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
            String name = set.getKey().getName();
            Field field = parent.map(p -> p.dot(name)).orElseGet(() -> Field.of(name));
            Optional<Fault> found = set.getValue() instanceof List<?> elements
                    ? inAny(elements, field)
                    : inValue(set.getValue(), field);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> inAny(List<?> elements, Field field) {
        for (int i = 0; i < elements.size(); i++) {
            Optional<Fault> found = inValue(elements.get(i), field.at(i));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> inValue(Object value, Field field) {
        return switch (value) {
            case String text when text.indexOf('\0') >= 0 -> Optional.of(field.invalid("has a zero byte in it"));
            case Message message -> in(message, Optional.of(field));
            default -> Optional.empty();
        };
    }
}
