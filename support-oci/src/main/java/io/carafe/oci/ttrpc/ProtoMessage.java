package io.carafe.oci.ttrpc;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protobuf message under construction: fields by number, in the order given. As proto3 has it, a default value is left out. */
public final class ProtoMessage {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream fields = CodedOutputStream.newInstance(bytes);

    private interface Field {
        void write() throws IOException;
    }

    public ProtoMessage text(int number, String value) {
        return add(!value.isEmpty(), () -> fields.writeString(number, value));
    }

    /** Any integer type but the zigzag and fixed ones. */
    public ProtoMessage number(int number, long value) {
        return add(value != 0, () -> fields.writeInt64(number, value));
    }

    public ProtoMessage flag(int number, boolean value) {
        return add(value, () -> fields.writeBool(number, value));
    }

    public ProtoMessage bytes(int number, byte[] value) {
        return add(value.length > 0, () -> fields.writeByteArray(number, value));
    }

    /** A message in a field, which is there even if it is empty. */
    public ProtoMessage message(int number, ProtoMessage value) {
        return add(true, () -> fields.writeByteArray(number, value.toBytes()));
    }

    public byte[] toBytes() {
        try {
            fields.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private ProtoMessage add(boolean present, Field field) {
        try {
            if (present) {
                field.write();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
