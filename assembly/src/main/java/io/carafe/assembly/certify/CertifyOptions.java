package io.carafe.assembly.certify;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code carafe-certify} was asked to do.
 *
 * @param jar the vendor's; empty for a handler that the distribution brings
 * @param handler the section to use; empty where the configuration has one that fits
 */
record CertifyOptions(Optional<Path> jar, Path config, Optional<String> handler, Optional<Path> report, Pattern focus) {
    static final String USAGE = """
            Usage: carafe-certify [--jar JAR] --config FILE [--handler NAME] [--report DIR] [--focus REGEX]

            Runs the kit that every runtime handler must pass on the one in a JAR: as root, on this host, no cluster and
            no daemon needed. The JAR is loaded as carafed would load it.

              --jar JAR       the vendor's; without it a handler that the distribution brings
              --config FILE   says in [handlers.NAME] which provider it is and its options, as for carafed
              --handler NAME  which of several sections
              --report DIR    where JUnit XML goes
              --focus REGEX   only claims that have it in "Group: claim", for work on one of them

            Last line: "N passed, N failed, N skipped". What a handler says that it lacks is skipped.
            Exit status: 0 nothing failed, 1 something did, 2 the kit could not be run.
            """;

    private static final Set<String> NAMES = Set.of("--jar", "--config", "--handler", "--report", "--focus");

    static CertifyOptions parse(List<String> words) throws Refusal {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (!NAMES.contains(name)) {
                throw new Refusal("'" + name + "' is not understood here; see carafe-certify --help");
            }
            if (i + 1 == words.size()) {
                throw new Refusal(name + " wants a value; see carafe-certify --help");
            }
            values.put(name, words.get(i + 1));
        }
        return new CertifyOptions(
                path(values, "--jar"),
                path(values, "--config")
                        .orElseThrow(() -> new Refusal("--config is missing; see carafe-certify --help")),
                Optional.ofNullable(values.get("--handler")),
                path(values, "--report"),
                focus(values.getOrDefault("--focus", "")));
    }

    private static Optional<Path> path(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).map(text -> Path.of(text).toAbsolutePath());
    }

    private static Pattern focus(String regex) throws Refusal {
        try {
            return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new Refusal("--focus '" + regex + "' is no regular expression: " + e.getDescription());
        }
    }
}
