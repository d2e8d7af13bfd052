package io.carafe.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cri.v1.PodSandboxStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
    @Test
    void infoIsUnfoldedWhereItIsJsonAndQuotedWhereItIsNot() {
        var text = JsonText.withInfo(
                PodSandboxStatus.newBuilder().setId("abc").setCreatedAt(5).build(),
                Map.of("a", "{\"pid\": 7, \"ratio\": 1}", "b", "not \"json\"", "c", "\"quoted\""));
        assertThat(text)
                .contains("\"id\": \"abc\"")
                .contains("\"createdAt\": \"5\"")
                .contains("\"a\": {\"pid\": 7, \"ratio\": 1}")
                .contains("\"b\": \"not \\\"json\\\"\"")
                .contains("\"c\": \"quoted\"");
        assertThat(JsonText.list("[" + text + "]")).isPresent();
    }

    @Test
    void fieldsAtTheirDefaultsAreThere() {
        assertThat(JsonText.of(PodSandboxStatus.getDefaultInstance())).contains("\"runtimeHandler\": \"\"");
    }

    @Test
    void listIsEmptyOfWhatIsNoArray() {
        assertThat(JsonText.list("{}")).isEmpty();
        assertThat(JsonText.list("")).isEmpty();
        assertThat(JsonText.list("[1, 2]"))
                .hasValueSatisfying(list -> assertThat(list.getValuesCount()).isEqualTo(2));
    }
}
