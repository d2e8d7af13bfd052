package io.carafe.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CniConfListTest {
    private static CniConfList parse(String json) {
        return CniConfList.parse("10-a.conflist", json.getBytes(UTF_8));
    }

    @Test
    void listKeepsItsPluginsInOrder() {
        CniConfList list = parse("""
                {"cniVersion": "1.0.0", "name": "a", "disableGC": true,
                 "plugins": [{"type": "bridge", "mtu": 1400}, {"type": "portmap", "capabilities": {"portMappings": true}}]}
                """);

        assertThat(list.name()).isEqualTo("a");
        assertThat(list.version()).isEqualTo(CniVersion.parse("1.0.0"));
        assertThat(list.disableGc()).isTrue();
        assertThat(list.plugins()).extracting(CniPluginConf::type).containsExactly("bridge", "portmap");
        assertThat(list.offers("portMappings")).isTrue();
        assertThat(list.offers("bandwidth")).isFalse();
    }

    @Test
    void singlePluginBecomesAListOfOne() {
        CniConfList list = parse("""
                {"cniVersion": "0.3.1", "name": "a", "type": "bridge", "ipam": {"type": "host-local"}}
                """);

        assertThat(list.plugins()).hasSize(1);
        assertThat(list.plugins().getFirst().programs()).containsExactly("bridge", "host-local");
    }

    @Test
    void newestVersionThatIsKnownIsSpoken() {
        CniConfList list = parse("""
                {"cniVersion": "0.4.0", "cniVersions": ["1.0.0", "1.1.0", "2.0.0"], "name": "a", "type": "bridge"}
                """);

        assertThat(list.version()).isEqualTo(CniVersion.parse("1.1.0"));
    }

    @Test
    void listWithoutAVersionIsOfTheOldest() {
        assertThat(parse("{\"name\": \"a\", \"type\": \"bridge\"}").version()).isEqualTo(CniVersion.OLDEST);
    }

    @Test
    void capabilityThatIsFalseIsNotOffered() {
        CniConfList list = parse("{\"name\": \"a\", \"type\": \"p\", \"capabilities\": {\"bandwidth\": false}}");

        assertThat(list.offers("bandwidth")).isFalse();
    }

    @Test
    void listIsReadBackAsItWas() {
        CniConfList list = parse("""
                {"cniVersions": ["1.0.0", "0.4.0"], "name": "a", "plugins": [{"type": "p", "rate": 0.10, "big": 12345678901234567890}]}
                """);

        assertThat(CniConfList.parse("10-a.conflist", CniJson.bytes(list.toJson())))
                .isEqualTo(list);
        assertThat(list.toJson().toString()).contains("0.10").contains("12345678901234567890");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                    | not a JSON object
            []                                                    | not a JSON object
            {"name": "a", "plugins": [                            | not JSON
            {"name": "a", "type": "p"} x                          | not JSON
            {"type": "p"}                                         | no "name"
            {"name": "a/b", "type": "p"}                          | characters that CNI forbids
            {"name": "a"}                                         | without "type"
            {"name": "a", "type": "../p"}                         | is a path
            {"name": "a", "plugins": []}                          | "plugins" is empty
            {"name": "a", "plugins": ["p"]}                       | not an object
            {"name": "a", "type": "p", "cniVersion": "2.0.0"}     | [2.0.0] is not between 0.1.0 and 1.1.0
            {"name": "a", "type": "p", "cniVersion": "new"}       | 'new' is not of the form
            """)
    void mistakeIsRefusedWithTheFileAndTheReason(String json, String reason) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("10-a.conflist")
                .hasMessageContaining(reason);
    }

    @Test
    void malformedJsonIsRefusedWithItsLine() {
        assertThatThrownBy(() -> parse("{\n\"name\": \"a\",\n\"type\" \"p\"}"))
                .hasMessageContaining("(line 3)")
                .hasMessageNotContaining("REDACTED");
    }
}
