package io.carafe.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.run.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JUnitXmlTest {
    @TempDir
    private Path dir;

    @Test
    void fileHasTheCountsAndEachCaseAndStaysWellFormed() throws IOException, XMLStreamException {
        var file = dir.resolve("deep/report.xml");
        JUnitXml.write(
                file,
                "conformance",
                List.of(
                        TableTest.outcome("A", "passes <&>", new Verdict.Passed()),
                        TableTest.outcome("A", "fails", new Verdict.Failed("m\u0000essage", "tr\u001bace", "quote")),
                        TableTest.outcome("A", "skips", new Verdict.Skipped("why"))));
        assertThat(Files.readString(file))
                .contains("tests=\"3\" failures=\"1\" skipped=\"1\"")
                .contains("time=\"1.500\"");
        // The reader of critest's reports reads these as well, names aside.
        var failures = CritestReport.read(List.of(file)).stream()
                .filter(outcome -> outcome.verdict() instanceof Verdict.Failed)
                .toList();
        assertThat(failures).singleElement().satisfies(outcome -> {
            assertThat(outcome.name()).isEqualTo("fails");
            assertThat(outcome.verdict()).isEqualTo(new Verdict.Failed("m?essage", "tr?ace\nproto: \"quote\"", ""));
        });
    }
}
