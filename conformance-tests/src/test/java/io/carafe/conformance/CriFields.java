package io.carafe.conformance;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.carafe.cri.v1.VersionRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the proto holds: calls, and the fields of the requests and responses of some. */
final class CriFields {
    private CriFields() {}

    static Set<String> calls() {
        return methods().stream().map(MethodDescriptor::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** "Message.field" of everything that these calls take or answer; of Windows' messages only the fields that hold them. */
    static Set<String> of(Collection<String> calls) {
        var fields = new TreeSet<String>();
        var seen = new HashSet<Descriptor>();
        for (var method : methods()) {
            if (calls.contains(method.getName())) {
                collect(method.getInputType(), fields, seen);
                collect(method.getOutputType(), fields, seen);
            }
        }
        return fields;
    }

    private static void collect(Descriptor message, Set<String> fields, Set<Descriptor> seen) {
        if (!seen.add(message)
                || message.getName().startsWith("Windows")
                || message.getOptions().getMapEntry()) {
            return;
        }
        for (var field : message.getFields()) {
            fields.add(message.getName() + "." + field.getName());
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                collect(field.getMessageType(), fields, seen);
            }
        }
    }

    private static Set<MethodDescriptor> methods() {
        return VersionRequest.getDescriptor().getFile().getServices().stream()
                .map(ServiceDescriptor::getMethods)
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
    }
}
