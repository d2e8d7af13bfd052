package io.carafe.linux.cgroup;

import io.carafe.domain.resource.Pressure;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The two lines of a pressure file, {@code some avg10=0.12 avg60=0.00 avg300=0.00 total=4711} and {@code full …}. */
final class PressureFile {
    private static final Pattern LINE =
            Pattern.compile("(some|full) avg10=([0-9.]+) avg60=([0-9.]+) avg300=([0-9.]+) total=([0-9]+)");
    private static final Pressure.Stall NONE = new Pressure.Stall(0, 0, 0, 0);

    private PressureFile() {}

    /** Empty if the text has no line of stalls, as where the kernel was told to count none. */
    static Optional<Pressure> parse(String text) {
        Optional<Pressure.Stall> some = stall(text, "some");
        Optional<Pressure.Stall> full = stall(text, "full");
        return some.isEmpty() && full.isEmpty()
                ? Optional.empty()
                : Optional.of(new Pressure(full.orElse(NONE), some.orElse(NONE)));
    }

    private static Optional<Pressure.Stall> stall(String text, String kind) {
        return LINE.matcher(text)
                .results()
                .filter(line -> line.group(1).equals(kind))
                .findFirst()
                .map(PressureFile::stall);
    }

    private static Pressure.Stall stall(MatchResult line) {
        return new Pressure.Stall(
                Long.parseLong(line.group(5)),
                Double.parseDouble(line.group(2)),
                Double.parseDouble(line.group(3)),
                Double.parseDouble(line.group(4)));
    }
}
