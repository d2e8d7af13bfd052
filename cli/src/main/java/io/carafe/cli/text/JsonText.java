package io.carafe.cli.text;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Messages of the endpoint as JSON, in protobuf's own mapping: camel case names, 64-bit numbers as strings. */
public final class JsonText {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().alwaysPrintFieldsWithNoPresence();

    private JsonText() {}

    public static String of(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "no JSON for a " + message.getDescriptorForType().getName(), e);
        }
    }

    /** A status with the runtime's verbose info unfolded: its values are JSON themselves. */
    public static String withInfo(Message status, Map<String, String> info) {
        var unfolded = new TreeMap<>(info)
                .entrySet().stream()
                        .map(entry -> "    " + quoted(entry.getKey()) + ": " + jsonOrText(entry.getValue()))
                        .collect(Collectors.joining(",\n"));
        return "{\n  \"status\": " + of(status).replace("\n", "\n  ") + ",\n  \"info\": {\n" + unfolded + "\n  }\n}";
    }

    /** What a JSON array holds; empty if the text is none. */
    public static Optional<ListValue> list(String json) {
        return parsed(json).filter(Value::hasListValue).map(Value::getListValue);
    }

    /** What a JSON object holds; empty if the text is none. */
    public static Optional<Struct> struct(String json) {
        return parsed(json).filter(Value::hasStructValue).map(Value::getStructValue);
    }

    private static String jsonOrText(String text) {
        return parsed(text).isPresent() ? text.strip() : quoted(text);
    }

    private static String quoted(String text) {
        return of(Value.newBuilder().setStringValue(text).build());
    }

    private static Optional<Value> parsed(String json) {
        var value = Value.newBuilder();
        try {
            JsonFormat.parser().merge(json, value);
            // The parser takes a bare word for a string; JSON does not.
            return value.hasStringValue() && !json.strip().startsWith("\"")
                    ? Optional.empty()
                    : Optional.of(value.build());
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
