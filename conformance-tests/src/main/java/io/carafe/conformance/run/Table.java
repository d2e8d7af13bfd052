package io.carafe.conformance.run;

import io.carafe.conformance.run.Outcome.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The report a person reads: a row per area, then each failure, and the counts as the last line. */
final class Table {
    private static final int LONGEST_REASON = 110;

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<Outcome> failures = new ArrayList<>();
    private final Row sum = new Row();

    private static final class Row {
        private int passed;
        private int failed;
        private int skipped;
        private final Set<String> reasons = new LinkedHashSet<>();

        void add(Verdict verdict) {
            switch (verdict) {
                case Verdict.Passed _ -> passed++;
                case Verdict.Failed _ -> failed++;
                case Verdict.Skipped(var reason) -> {
                    skipped++;
                    reasons.add(brief(reason));
                }
            }
        }
    }

    Table(List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            rows.computeIfAbsent(outcome.area(), _ -> new Row()).add(outcome.verdict());
            sum.add(outcome.verdict());
            if (outcome.verdict() instanceof Verdict.Failed) {
                failures.add(outcome);
            }
        }
    }

    /** One line, without the ids that make equal reasons differ. */
    private static String brief(String reason) {
        var line = reason.lines().findFirst().orElse("no reason given").replaceAll("\"?[0-9a-f]{12,}\"?", "...");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }

    int failed() {
        return sum.failed;
    }

    int total() {
        return sum.passed + sum.failed + sum.skipped;
    }

    String text() {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(4);
        var format = "%-" + width + "s %7s %7s %8s  %s";
        var lines = new ArrayList<String>();
        lines.add(format.formatted("area", "passed", "failed", "skipped", "reason of the skips")
                .stripTrailing());
        rows.forEach((area, row) ->
                lines.add(format.formatted(area, row.passed, row.failed, row.skipped, String.join("; ", row.reasons))
                        .stripTrailing()));
        for (var outcome : failures) {
            lines.add("");
            lines.add("FAILED " + outcome.area() + ": " + outcome.name());
            if (outcome.verdict() instanceof Verdict.Failed failed) {
                failed.message().lines().limit(6).forEach(line -> lines.add("    " + line));
                if (!failed.quote().isEmpty()) {
                    lines.add("    proto: \"" + failed.quote() + "\"");
                }
            }
        }
        lines.add("");
        lines.add("%d passed, %d failed, %d skipped".formatted(sum.passed, sum.failed, sum.skipped));
        return String.join("\n", lines);
    }
}
