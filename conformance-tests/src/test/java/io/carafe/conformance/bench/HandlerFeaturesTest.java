package io.carafe.conformance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerFeaturesTest {
    private static final String HANDLERS = """
            [{"name":"runc","available":true,"features":{"UPDATE":{"supported":true},"PAUSE":{"supported":false,"reason":"none"}}},
             {"name":"runsc","version":"1","features":{"UPDATE":{"supported":false,"reason":"no limits"}}}]""";

    private static HandlerFeatures of(String handler) throws IOException {
        try (var parser = new JsonFactory().createParser(HANDLERS)) {
            return new HandlerFeatures(HandlerFeatures.parse(parser, handler));
        }
    }

    @Test
    void missingFeaturesAreThoseOfTheHandler() throws IOException {
        assertThat(of("runc").missing()).isEqualTo(Map.of("PAUSE", "none"));
        assertThat(of("runsc").missing()).isEqualTo(Map.of("UPDATE", "no limits"));
        assertThat(of("kata").missing()).isEmpty();
    }

    @Test
    void refusalCitesThePublishedReason() throws IOException {
        assertThat(of("runsc").citedBy("update of x is not possible: no limits"))
                .hasValue("UPDATE: no limits");
        assertThat(of("runsc").citedBy("update of x is not possible: too late")).isEmpty();
    }

    @Test
    void reasonOfAMissingFeatureIsTold() throws IOException {
        assertThat(of("runsc").whyMissing("UPDATE")).hasValue("UPDATE: no limits");
        assertThat(of("runsc").whyMissing("PAUSE")).isEmpty();
        assertThat(of("runsc").whyMissing("")).isEmpty();
    }
}
