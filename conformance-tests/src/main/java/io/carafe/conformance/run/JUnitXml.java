package io.carafe.conformance.run;

import io.carafe.conformance.run.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Outcomes as the XML that build servers read. */
final class JUnitXml {
    private JUnitXml() {}

    static void write(Path file, String suite, List<Outcome> outcomes) throws IOException, XMLStreamException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var out = Files.newBufferedWriter(file)) {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", String.valueOf(outcomes.size()));
            xml.writeAttribute("failures", count(outcomes, Verdict.Failed.class));
            xml.writeAttribute("skipped", count(outcomes, Verdict.Skipped.class));
            xml.writeAttribute("errors", "0");
            for (var outcome : outcomes) {
                xml.writeCharacters("\n  ");
                write(xml, outcome);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        }
    }

    private static void write(XMLStreamWriter xml, Outcome outcome) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", outcome.suite());
        xml.writeAttribute("name", outcome.name());
        xml.writeAttribute("time", "%.3f".formatted(outcome.took().toMillis() / 1000.0));
        switch (outcome.verdict()) {
            case Verdict.Passed _ -> {}
            case Verdict.Failed(var message, var trace, var quote) -> {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", clean(message));
                xml.writeCharacters(clean(quote.isEmpty() ? trace : trace + "\nproto: \"" + quote + "\""));
                xml.writeEndElement();
            }
            case Verdict.Skipped(var reason) -> {
                xml.writeStartElement("skipped");
                xml.writeAttribute("message", clean(reason));
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    /** XML 1.0 has no way to carry most control characters, and a container may print any. */
    private static String clean(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "?");
    }

    private static String count(List<Outcome> outcomes, Class<? extends Verdict> kind) {
        return String.valueOf(outcomes.stream()
                .filter(outcome -> kind.isInstance(outcome.verdict()))
                .count());
    }
}
