package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.ImageConfig;
import io.carafe.ports.image.ImageConfigs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ImageConfigs} does. Source: image-spec config.md. */
public abstract class ImageConfigsTck {
    private static final Digest LAYER = Digest.sha256("ab".repeat(32));
    private static final String ROOTFS = "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + LAYER.value() + "\"]}";

    protected abstract ImageConfigs create();

    private ImageConfig parse(String json) {
        return create().parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everythingAContainerInheritsIsRead() {
        ImageConfig config = parse("""
                {"created":"2026-01-01T00:00:00Z","architecture":"amd64","os":"linux","config":{
                  "User":"1000:app","ExposedPorts":{"80/tcp":{}},"Env":["PATH=/bin","A=\\u00e4=\\"b\\"","EMPTY="],
                  "Entrypoint":["/entry","a b"],"Cmd":["run"],"Volumes":{"/data":{}},"WorkingDir":"/work",
                  "Labels":{"l":"v","empty":""},"StopSignal":"SIGQUIT","Healthcheck":{"Test":["NONE"],"Interval":1.5e9}},
                 "history":[{"created_by":"x","empty_layer":true}],
                  %s}""".formatted(ROOTFS));

        assertThat(config)
                .isEqualTo(new ImageConfig(
                        "1000:app",
                        List.of("PATH=/bin", "A=\u00e4=\"b\"", "EMPTY="),
                        List.of("/entry", "a b"),
                        List.of("run"),
                        "/work",
                        Optional.of("SIGQUIT"),
                        List.of("/data"),
                        Map.of("l", "v", "empty", ""),
                        List.of(LAYER)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"config\":{},",
                "\"config\":null,",
                "",
                "\"config\":{\"User\":\"\",\"Env\":null,\"Entrypoint\":null,\"Cmd\":null,\"Volumes\":null,"
                        + "\"WorkingDir\":\"\",\"Labels\":null,\"StopSignal\":\"\"},"
            })
    void whatIsAbsentOrNullIsEmpty(String config) {
        assertThat(parse("{\"os\":\"linux\"," + config + ROOTFS + "}"))
                .isEqualTo(new ImageConfig(
                        "",
                        List.of(),
                        List.of(),
                        List.of(),
                        "",
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        List.of(LAYER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void anImageMayHaveNoLayers(String diffIds) {
        assertThat(parse("{\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":" + diffIds + "}}")
                        .diffIds())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "null",
                "{",
                "{\"os\":\"linux\"}",
                "{\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\"}}",
                "{\"os\":\"linux\",\"rootfs\":[]}",
                "{\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:short\"]}}",
                "{\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":\"sha256\"}}",
                "{\"os\":\"linux\",\"config\":{\"Env\":\"A=b\"},\"rootfs\":{\"diff_ids\":[]}}",
                "{\"os\":\"linux\",\"config\":{\"Cmd\":[1]},\"rootfs\":{\"diff_ids\":[]}}"
            })
    void whatIsNoImageConfigurationIsCorrupt(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(Fault.Corrupt.class);
    }

    @Test
    void anImageOfAnotherSystemIsCorruptAndSaysSo() {
        assertThatThrownBy(() -> parse("{\"os\":\"windows\"," + ROOTFS + "}"))
                .isInstanceOf(Fault.Corrupt.class)
                .hasMessageContaining("windows");
    }
}
