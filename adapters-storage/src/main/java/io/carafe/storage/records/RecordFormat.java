package io.carafe.storage.records;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.carafe.ports.store.RecordKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a record's file holds: {@code {"format":1,"kind":"pod","version":3,"sha256":"…","value":{…}}}. The checksum is of the
 * value's bytes as they stand in the file, so it is verified before anything of the value is looked at.
 */
final class RecordFormat {
    private static final int FORMAT = 1;
    private static final String VALUE = "value";

    private final JsonMapper mapper = RecordMapper.create();

    /** A record cannot be read; the message says why. */
    static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason);
        }

        Unreadable(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    byte[] encode(RecordKind<?> kind, Object value) {
        try {
            byte[] json = mapper.writeValueAsBytes(value);
            String head = "{\"format\":" + FORMAT + ",\"kind\":" + mapper.writeValueAsString(kind.name())
                    + ",\"version\":" + kind.version() + ",\"sha256\":\"" + sha256(json, 0, json.length)
                    + "\",\"" + VALUE + "\":";
            ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + json.length + 2);
            out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            out.writeBytes(json);
            out.writeBytes(new byte[] {'}', '\n'});
            return out.toByteArray();
        } catch (IOException e) {
            // a record type that JSON cannot hold: a defect, which the round-trip tests of its kind find
            throw new IllegalArgumentException("record kind " + kind.name() + " cannot be written as JSON", e);
        }
    }

    <T> T decode(RecordKind<T> kind, byte[] file) throws Unreadable {
        if (file.length == 0) {
            throw new Unreadable("the file is empty");
        }
        Map<String, String> head = new HashMap<>();
        try (JsonParser json = mapper.createParser(file)) {
            int start = -1;
            int end = -1;
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable("it is not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals(VALUE)) {
                    start = (int) json.currentTokenLocation().getByteOffset();
                    json.skipChildren();
                    json.finishToken();
                    end = (int) json.currentLocation().getByteOffset();
                } else {
                    head.put(name, json.getValueAsString(""));
                    json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new Unreadable("there is something after its end");
            }
            demand(head, "format", Integer.toString(FORMAT));
            demand(head, "kind", kind.name());
            demand(head, "version", Integer.toString(kind.version()));
            if (start < 0) {
                throw new Unreadable("it has no value");
            }
            demand(head, "sha256", sha256(file, start, end - start));
            return mapper.readerFor(kind.type()).withHandler(passingOver(kind)).readValue(file, start, end - start);
        } catch (IOException | RuntimeException e) {
            throw new Unreadable("it cannot be parsed: " + e.getMessage(), e);
        }
    }

    /** Without what the kind's records had once; anything else that is not known stays an error. */
    private static DeserializationProblemHandler passingOver(RecordKind<?> kind) {
        return new DeserializationProblemHandler() {
            @Override
            public boolean handleUnknownProperty(
                    DeserializationContext context,
                    JsonParser json,
                    JsonDeserializer<?> deserializer,
                    Object target,
                    String name)
                    throws IOException {
                if (!kind.former().contains(name) || !kind.type().equals(deserializer.handledType())) {
                    return false;
                }
                json.skipChildren();
                return true;
            }
        };
    }

    private static void demand(Map<String, String> head, String name, String wanted) throws Unreadable {
        String found = head.getOrDefault(name, "");
        if (!found.equals(wanted)) {
            throw new Unreadable("its " + name + " is '" + found + "' instead of '" + wanted + "'");
        }
    }

    private static String sha256(byte[] bytes, int offset, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, offset, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
