package io.carafe.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Walks the fields of a message type down to its leaves, and sets one of them. */
final class RequestFields {
    private RequestFields() {}

    /** A way from the request to a field that is not a message, or is a map. */
    record Leaf(List<FieldDescriptor> way) {
        FieldDescriptor field() {
            return way.getLast();
        }

        /** As a refusal spells it, without indices. */
        String path() {
            return way.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
        }
    }

    static List<Leaf> leaves(Descriptor type) {
        List<Leaf> leaves = new ArrayList<>();
        collect(type, List.of(), leaves);
        return leaves;
    }

    private static void collect(Descriptor type, List<FieldDescriptor> way, List<Leaf> leaves) {
        for (FieldDescriptor field : type.getFields()) {
            List<FieldDescriptor> longer = new ArrayList<>(way);
            longer.add(field);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
                collect(field.getMessageType(), longer, leaves);
            } else {
                leaves.add(new Leaf(longer));
            }
        }
    }

    /** The message with that field set; of repeated messages on the way the first one, made if there is none. */
    static Message with(Message message, Leaf leaf, Object value) {
        return with(message, leaf.way(), value);
    }

    private static Message with(Message message, List<FieldDescriptor> way, Object value) {
        FieldDescriptor field = way.getFirst();
        Message.Builder builder = message.toBuilder();
        if (way.size() == 1) {
            set(builder, field, value);
            return builder.build();
        }
        List<FieldDescriptor> rest = way.subList(1, way.size());
        if (!field.isRepeated()) {
            return builder.setField(field, with((Message) message.getField(field), rest, value))
                    .build();
        }
        if (message.getRepeatedFieldCount(field) == 0) {
            builder.addRepeatedField(field, builder.newBuilderForField(field).build());
        }
        Message first = (Message) builder.getRepeatedField(field, 0);
        return builder.setRepeatedField(field, 0, with(first, rest, value)).build();
    }

    private static void set(Message.Builder builder, FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Message.Builder entry = builder.newBuilderForField(field);
            entry.setField(field.getMessageType().findFieldByName("key"), "key");
            entry.setField(field.getMessageType().findFieldByName("value"), value);
            builder.addRepeatedField(field, entry.build());
        } else if (field.isRepeated()) {
            builder.addRepeatedField(field, value);
        } else {
            builder.setField(field, value);
        }
    }

    /** A value that is not the default one. */
    static Object anyValue(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> 7;
            case LONG -> 7L;
            case BOOLEAN -> true;
            case STRING -> "/some/text";
            case BYTE_STRING -> ByteString.copyFromUtf8("bytes");
            case ENUM -> beyondDefault(field.getEnumType());
            case MESSAGE -> "value";
            case FLOAT, DOUBLE -> throw new IllegalArgumentException(field + " is in no request so far");
        };
    }

    private static Object beyondDefault(EnumDescriptor type) {
        return type.findValueByNumber(1);
    }
}
