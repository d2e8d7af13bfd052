package io.carafe.cni;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.domain.fault.Fault;
import java.io.IOException;

/** JSON between runtime and plugins. What is passed on must arrive as it was written, so numbers keep their digits. */
final class CniJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CniJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @throws Fault.InvalidArgument if {@code json} is not one JSON object; the message says where and why */
    static ObjectNode parse(byte[] json) {
        try {
            // Jackson answers null or a missing node for no input at all
            if (json.length > 0 && MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new Fault.InvalidArgument(
                    "not JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ")",
                    e);
        } catch (IOException e) {
            throw new Fault.InvalidArgument("not JSON: " + e, e);
        }
        throw new Fault.InvalidArgument("not a JSON object");
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree that cannot be written", e);
        }
    }
}
