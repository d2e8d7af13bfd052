package io.carafe.linux.cgroup;

import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A control file of lines {@code key number}, such as memory.stat; other lines are left out. */
record KeyedValues(Map<String, Long> values) {
    static KeyedValues parse(String text) {
        return new KeyedValues(text.lines()
                .map(line -> line.strip().split(" "))
                .filter(words -> words.length == 2 && words[1].matches("[0-9]{1,19}"))
                .collect(Collectors.toUnmodifiableMap(
                        words -> words[0], words -> Long.parseUnsignedLong(words[1]), (first, _) -> first)));
    }

    OptionalLong value(String key) {
        Long value = values.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    long orZero(String key) {
        return value(key).orElse(0);
    }
}
