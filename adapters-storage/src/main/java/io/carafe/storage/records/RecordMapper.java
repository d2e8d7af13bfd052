package io.carafe.storage.records;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * The one JSON mapping of all records: components by name, sealed types by {@link SealedTypes}, paths and times as text,
 * optionals as their value or null, byte arrays as base64. A component that is missing, unknown or null where a number belongs
 * is an error, because it means that the shape has changed without a new version; but an optional that is missing is empty, so that
 * a record can gain one and older files of it are still read.
 */
final class RecordMapper {
    private RecordMapper() {}

    static JsonMapper create() {
        return JsonMapper.builder()
                .annotationIntrospector(new SealedTypes())
                .addModule(new Jdk8Module())
                .addModule(texts())
                // components alone: isReady() of a record is no part of it
                .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private static SimpleModule texts() {
        SimpleModule module = new SimpleModule("carafe-records");
        module.addSerializer(new TextSerializer<>(Path.class));
        module.addDeserializer(Path.class, new TextDeserializer<>(Path.class, Path::of));
        module.addSerializer(new TextSerializer<>(Instant.class));
        module.addDeserializer(Instant.class, new TextDeserializer<>(Instant.class, Instant::parse));
        module.addSerializer(new TextSerializer<>(Duration.class));
        module.addDeserializer(Duration.class, new TextDeserializer<>(Duration.class, Duration::parse));
        return module;
    }

    private static final class TextSerializer<T> extends StdSerializer<T> {
        TextSerializer(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }

        @Override
        public void serializeWithType(
                T value, JsonGenerator json, SerializerProvider provider, TypeSerializer typeSerializer)
                throws IOException {
            serialize(value, json, provider);
        }
    }

    private static final class TextDeserializer<T> extends FromStringDeserializer<T> {
        private final transient Function<String, T> parse;

        TextDeserializer(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parse.apply(text);
        }

        @Override
        protected Object _deserializeFromEmptyString(DeserializationContext context) {
            return parse.apply("");
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            // not trimmed, as the super class would: a path may begin or end with a space
            return parse.apply(json.getValueAsString(""));
        }
    }
}
