package io.carafe.ports.tck.certify;

import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.certify.Claim.Verdict;
import io.carafe.ports.tck.runtime.HandlerKit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came out. Immutable.
 *
 * @param missing features that the handler says it lacks, with its reasons
 */
public record Certificate(List<Claim> claims, Map<RuntimeFeature, String> missing) {
    private static final int LONGEST_FAILURE = 12;

    public Certificate {
        claims = List.copyOf(claims);
        missing = Map.copyOf(missing);
    }

    /** Whether something was claimed and nothing failed. */
    public boolean passed() {
        return Counts.of(claims).passed() > 0 && Counts.of(claims).failed() == 0;
    }

    /**
     * A table by kit, each missing feature with its reason, the features that the handler claims and no kit looks at, each failure; the
     * last line is the counts.
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        List<String> groups = claims.stream().map(Claim::group).distinct().toList();
        int width = groups.stream().mapToInt(String::length).max().orElse(1);
        String row = "%-" + width + "s %7s %7s %8s";
        lines.add(row.formatted("", "passed", "failed", "skipped"));
        for (String group : groups) {
            Counts counts = Counts.of(claims, group);
            lines.add(row.formatted(group, counts.passed(), counts.failed(), counts.skipped()));
        }
        lines.add("");
        lines.add(missing.isEmpty() ? "No feature is missing." : "Missing features, in the handler's words:");
        new TreeMap<>(missing).forEach((feature, reason) -> lines.add("  " + feature + ": " + reason));
        String unjudged = unjudged();
        if (!unjudged.isEmpty()) {
            lines.add("");
            lines.add("Claimed, not judged here: " + unjudged);
        }
        for (Claim claim : claims) {
            if (claim.verdict() instanceof Verdict.Failed failed) {
                lines.add("");
                lines.add("FAILED " + claim.group().toLowerCase(Locale.ROOT) + ": " + claim.name());
                failed.words().lines().limit(LONGEST_FAILURE).forEach(line -> lines.add("    " + line));
            }
        }
        lines.add("");
        lines.add(Counts.of(claims).toString());
        return String.join("\n", lines);
    }

    private String unjudged() {
        return Stream.of(RuntimeFeature.values())
                .filter(feature -> !missing.containsKey(feature) && !HandlerKit.JUDGED.contains(feature))
                .map(RuntimeFeature::name)
                .collect(Collectors.joining(", "));
    }
}
