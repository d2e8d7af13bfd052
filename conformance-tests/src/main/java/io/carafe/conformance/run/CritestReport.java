package io.carafe.conformance.run;

import io.carafe.conformance.run.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The JUnit XML that ginkgo writes for the official critest, its specs under the groups that it has. */
final class CritestReport {
    /** Beginnings of ginkgo's full names, and what the group is called here; the first that fits wins. */
    private static final Map<String, String> GROUPS = groups();

    private CritestReport() {}

    static List<Outcome> read(List<Path> files) throws IOException, XMLStreamException {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        var outcomes = new ArrayList<Outcome>();
        for (var file : files) {
            try (var in = Files.newInputStream(file)) {
                var xml = factory.createXMLStreamReader(in);
                while (xml.hasNext()) {
                    if (xml.next() == XMLStreamConstants.START_ELEMENT
                            && xml.getLocalName().equals("testcase")) {
                        var outcome = testCase(xml);
                        // Ginkgo's own set-up and tear-down appear as cases too; they matter when they fail.
                        if (outcome.name().startsWith("[It]") || outcome.verdict() instanceof Verdict.Failed) {
                            outcomes.add(outcome);
                        }
                    }
                }
            }
        }
        return outcomes;
    }

    private static Outcome testCase(XMLStreamReader xml) throws XMLStreamException {
        var name = attribute(xml, "name");
        var took = Duration.ofMillis((long) (Double.parseDouble(attribute(xml, "time")) * 1000));
        Verdict verdict = new Verdict.Passed();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                verdict = switch (xml.getLocalName()) {
                    case "failure", "error" -> new Verdict.Failed(attribute(xml, "message"), xml.getElementText(), "");
                    case "skipped" ->
                        new Verdict.Skipped(attribute(xml, "message").replaceFirst("^skipped - ", ""));
                    default -> verdict;
                };
            }
        }
        return new Outcome(group(name), "critest", name, took, verdict);
    }

    private static String attribute(XMLStreamReader xml, String name) {
        var value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    static String group(String name) {
        var words = name.replaceFirst("^\\[It] ", "").replaceFirst("^\\[k8s\\.io] ", "");
        return GROUPS.entrySet().stream()
                .filter(entry -> words.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() ->
                        words.contains("benchmark") ? "Benchmarks" : words.split(" (runtime|should|when) ", 2)[0]);
    }

    private static Map<String, String> groups() {
        var groups = new LinkedHashMap<String, String>();
        groups.put("PodSandbox runtime should support basic", "PodSandbox basic");
        groups.put("PodSandbox runtime should support sysctls", "PodSandbox sysctls");
        groups.put("PodSandbox runtime should support metrics", "PodSandbox metrics");
        groups.put("Container runtime should support basic", "Container basic");
        groups.put("Container runtime should support log", "Container log");
        groups.put("Container runtime should support adding volume", "Container volume");
        groups.put("Image Manager", "Image Manager");
        groups.put("Image Volume", "Image Volume");
        groups.put("Image Consistency", "Image Consistency");
        groups.put("Image Identifier Consistency", "Image Identifier Consistency");
        groups.put("Idempotence", "Idempotence");
        groups.put("Multiple Containers", "Multiple Containers");
        groups.put("NRI", "NRI");
        groups.put("AppArmor", "AppArmor");
        for (var part : List.of(
                "NamespaceOption",
                "bucket",
                "SeccompProfilePath",
                "NoNewPrivs",
                "SupplementalGroupsPolicy",
                "UserNamespaces")) {
            groups.put("Security Context " + part, "Security Context " + part);
        }
        return groups;
    }
}
