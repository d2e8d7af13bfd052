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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CritestReportTest {
    private static final String REPORT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites tests="5"><testsuite name="CRI validation" tests="5">
              <testcase name="[BeforeSuite]" classname="CRI validation" status="passed" time="0.1"></testcase>
              <testcase name="[It] [k8s.io] Idempotence StopContainer should not return an error if not found" status="failed" time="1.25">
                <failure message="not found" type="failed">where it failed</failure>
                <system-err>noise</system-err>
              </testcase>
              <testcase name="[It] [k8s.io] AppArmor runtime should support apparmor field" status="skipped" time="0">
                <skipped message="skipped - AppArmor is disabled on this host"></skipped>
              </testcase>
              <testcase name="[It] [k8s.io] Container runtime should support log runtime should" status="passed" time="0.5"/>
              <testcase name="[AfterSuite]" status="failed" time="0"><failure message="left behind">x</failure></testcase>
            </testsuite></testsuites>
            """;

    @TempDir
    private Path dir;

    @Test
    void specsAreReadAndSetUpOnlyWhenItFails() throws IOException, XMLStreamException {
        var file = Files.writeString(dir.resolve("junit.xml"), REPORT);
        var outcomes = CritestReport.read(List.of(file));
        assertThat(outcomes)
                .extracting(Outcome::area)
                .containsExactly("Idempotence", "AppArmor", "Container log", "[AfterSuite]");
        assertThat(outcomes)
                .extracting(Outcome::verdict)
                .containsExactly(
                        new Verdict.Failed("not found", "where it failed", ""),
                        new Verdict.Skipped("AppArmor is disabled on this host"),
                        new Verdict.Passed(),
                        new Verdict.Failed("left behind", "x", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "[It] [k8s.io] PodSandbox runtime should support sysctls should support safe sysctls, PodSandbox sysctls",
        "[It] [k8s.io] Container OOM runtime should output OOMKilled reason, Container OOM",
        "[It] [k8s.io] Networking runtime should support networking, Networking",
        "[It] [k8s.io] Security Context NoNewPrivs should allow privilege escalation when false, Security Context NoNewPrivs",
        "[It] [k8s.io] Image Manager public image with tag, Image Manager",
        "[It] [k8s.io] Container benchmark about operations on Container, Benchmarks",
    })
    void specsAreGroupedAsTheSuiteGroupsThem(String name, String group) {
        assertThat(CritestReport.group(name)).isEqualTo(group);
    }
}
