package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Checks of verbose info: "The key could be arbitrary string, and value should be in json format." */
final class JsonText {
    private JsonText() {}

    static void assertAllJson(Map<String, String> info) {
        info.forEach((key, value) ->
                assertThat(isJson(value)).as("info[%s] is JSON: %s", key, value).isTrue());
    }

    private static boolean isJson(String text) {
        try (var parser = new JsonFactory().createParser(text)) {
            boolean any = false;
            while (parser.nextToken() != null) {
                any = true;
            }
            return any;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
