package io.carafe.oci.ttrpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a protobuf message by number; what is not there is the default of its type, what is not asked for is passed over. */
public final class ProtoFields {
    private final Map<Integer, List<Long>> numbers = new HashMap<>();
    private final Map<Integer, List<byte[]>> chunks = new HashMap<>();

    private ProtoFields() {}

    /** @throws IOException if it is no protobuf message */
    public static ProtoFields parse(byte[] message) throws IOException {
        ProtoFields fields = new ProtoFields();
        CodedInputStream input = CodedInputStream.newInstance(message);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT -> add(fields.numbers, number, input.readInt64());
                case WireFormat.WIRETYPE_FIXED64 -> add(fields.numbers, number, input.readFixed64());
                case WireFormat.WIRETYPE_FIXED32 -> add(fields.numbers, number, (long) input.readFixed32());
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> add(fields.chunks, number, input.readByteArray());
                default -> throw new IOException("field " + number + " has a wire type that protobuf 3 has not");
            }
        }
        return fields;
    }

    public long number(int number) {
        List<Long> values = numbers.getOrDefault(number, List.of());
        return values.isEmpty() ? 0 : values.getLast();
    }

    public boolean flag(int number) {
        return number(number) != 0;
    }

    public String text(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }

    public byte[] bytes(int number) {
        List<byte[]> values = chunks.getOrDefault(number, List.of());
        return values.isEmpty() ? new byte[0] : values.getLast();
    }

    /** A message in a field; empty if the field is not there. */
    public Optional<ProtoFields> message(int number) throws IOException {
        List<byte[]> values = chunks.getOrDefault(number, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(parse(values.getLast()));
    }

    /** As {@link #message}, where one that is not there means one without fields. */
    public ProtoFields messageOrEmpty(int number) throws IOException {
        return message(number).orElseGet(ProtoFields::new);
    }

    /** The texts of a repeated field. */
    public List<String> texts(int number) {
        return chunks.getOrDefault(number, List.of()).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    private static <T> void add(Map<Integer, List<T>> fields, int number, T value) {
        fields.computeIfAbsent(number, _ -> new ArrayList<>()).add(value);
    }
}
