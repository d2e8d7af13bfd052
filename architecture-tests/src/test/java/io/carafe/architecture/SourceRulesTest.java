package io.carafe.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What bytecode does not show. */
class SourceRulesTest {
    private static final int LONGEST_FILE = 500;
    private static final int LONGEST_MEDIAN = 100;

    /** A suppression with no comment on the line before it nor behind it. */
    private static final Pattern SILENT_SUPPRESSION =
            Pattern.compile("(?m)^(?!.*//).*\\n\\s*@SuppressWarnings\\([^)]*\\)(?! *//)");

    @Test
    void filesAreShort() {
        assertThat(sources().filter(file -> lines(file).size() > LONGEST_FILE)).isEmpty();
    }

    @Test
    void halfOfTheFilesAreVeryShort() {
        List<Integer> lengths = sources()
                .filter(file -> file.toString().contains("/src/main/"))
                .filter(file -> !file.endsWith("package-info.java"))
                .map(file -> lines(file).size())
                .sorted()
                .toList();
        assertThat(lengths).hasSizeGreaterThan(100);
        assertThat(lengths.get(lengths.size() / 2)).isLessThanOrEqualTo(LONGEST_MEDIAN);
    }

    @Test
    void nobodySignsAndNothingIsLeftToDo() {
        assertThat(occurrences("@author|\\b(TODO|FIXME|XXX)\\b")).isEmpty();
    }

    @Test
    void noTestIsSkipped() {
        // kits and the conformance suite do skip what a backend says it lacks, and print the reason
        assertThat(occurrences("@Disabled|\\bassume(True|False|That|ingThat)\\(|\\bAssumptions?\\.")
                        .filter(line -> line.contains("src/test/")))
                .isEmpty();
    }

    @Test
    void everySuppressionHasItsReason() {
        assertThat(sources()
                        .filter(file -> !file.endsWith("SourceRulesTest.java"))
                        .filter(file -> SILENT_SUPPRESSION
                                .matcher(String.join("\n", lines(file)))
                                .find()))
                .isEmpty();
    }

    private static Stream<String> occurrences(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return sources()
                .filter(file -> !file.endsWith("SourceRulesTest.java"))
                .flatMap(file -> lines(file).stream()
                        .filter(line -> pattern.matcher(line).find())
                        .map(line -> Codebase.CARAFE.root().relativize(file) + ": " + line.strip()));
    }

    private static Stream<Path> sources() {
        return Codebase.CARAFE.modules().stream().flatMap(module -> Codebase.CARAFE.sources(module).stream());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
