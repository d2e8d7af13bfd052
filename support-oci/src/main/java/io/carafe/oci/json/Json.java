package io.carafe.oci.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Records to JSON objects and back, a component a field.
 *
 * <p>What is empty (Optional, list, map, text) is left out, and what is missing is read as empty; an empty record stays, as {@code
 * {}}. Unknown fields are passed over, so that files of newer programs can be read.
 *
 * <p>Concurrency: safe.
 */
public final class Json {
    private final ObjectMapper mapper;

    public Json(Module... modules) {
        this.mapper = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModules(modules)
                // values of maps and lists are never left out: an empty annotation is an annotation
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .withConfigOverride(String.class, Json::nullIsEmpty)
                .withConfigOverride(List.class, Json::nullIsEmpty)
                .withConfigOverride(Map.class, Json::nullIsEmpty)
                .build();
    }

    private static void nullIsEmpty(MutableConfigOverride override) {
        override.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }

    public byte[] bytes(Object record) {
        try {
            return mapper.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("write " + record.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /** Writes a file that is there whole or not at all, even for a reader at the same time. Not synced: for /run. */
    public void write(Object record, Path file) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.write(temporary, bytes(record));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @throws IOException if the file is not there, or not JSON of this shape */
    public <T> T read(Path file, Class<T> type) throws IOException {
        return mapper.readValue(Files.readAllBytes(file), type);
    }

    /** @throws IOException if the text is not JSON */
    public JsonNode tree(String text) throws IOException {
        return mapper.readTree(text);
    }
}
