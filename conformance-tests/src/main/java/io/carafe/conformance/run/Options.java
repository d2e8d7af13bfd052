package io.carafe.conformance.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code --name value} pairs of a command line; the shell scripts before it have checked what a person wrote. */
record Options(Map<String, String> values) {
    static Options parse(List<String> words) {
        if (words.size() % 2 != 0) {
            throw new IllegalArgumentException("options come in pairs of --name and value: " + words);
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < words.size(); i += 2) {
            values.put(words.get(i).replaceFirst("^--", ""), words.get(i + 1));
        }
        return new Options(Map.copyOf(values));
    }

    String required(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }
}
