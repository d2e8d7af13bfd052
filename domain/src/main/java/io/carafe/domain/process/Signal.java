package io.carafe.domain.process;

import io.carafe.domain.fault.Fault;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Linux signal by number, 1 to 64. Source: signal(7), the generic numbering of x86-64 and aarch64. */
public record Signal(int number) {
    private static final int RTMIN = 34;
    private static final int RTMAX = 64;
    private static final Pattern REAL_TIME = Pattern.compile("RT(MIN|MAX)([+-][0-9]{1,2})?");
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("TRAP", 5),
            Map.entry("ABRT", 6),
            Map.entry("IOT", 6),
            Map.entry("BUS", 7),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15),
            Map.entry("STKFLT", 16),
            Map.entry("CHLD", 17),
            Map.entry("CLD", 17),
            Map.entry("CONT", 18),
            Map.entry("STOP", 19),
            Map.entry("TSTP", 20),
            Map.entry("TTIN", 21),
            Map.entry("TTOU", 22),
            Map.entry("URG", 23),
            Map.entry("XCPU", 24),
            Map.entry("XFSZ", 25),
            Map.entry("VTALRM", 26),
            Map.entry("PROF", 27),
            Map.entry("WINCH", 28),
            Map.entry("IO", 29),
            Map.entry("POLL", 29),
            Map.entry("PWR", 30),
            Map.entry("SYS", 31));

    public static final Signal TERM = new Signal(15);
    public static final Signal KILL = new Signal(9);

    public Signal {
        if (number < 1 || number > RTMAX) {
            throw new Fault.InvalidArgument("signal number " + number + " is not between 1 and " + RTMAX);
        }
    }

    /** Parses "SIGTERM", "TERM", "15", "SIGRTMIN+3", "RTMAX-2"; case does not matter. */
    public static Signal parse(String text) {
        String name = text.trim().toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        Integer known = NUMBERS.get(name);
        if (known != null) {
            return new Signal(known);
        }
        Matcher realTime = REAL_TIME.matcher(name);
        if (realTime.matches()) {
            int offset = realTime.group(2) == null ? 0 : Integer.parseInt(realTime.group(2));
            int number = realTime.group(1).equals("MIN") ? RTMIN + offset : RTMAX + offset;
            if (number >= RTMIN && number <= RTMAX) {
                return new Signal(number);
            }
        } else if (name.matches("[0-9]{1,3}")) {
            return new Signal(Integer.parseInt(name));
        }
        throw new Fault.InvalidArgument("'" + text + "' is not a signal: give a name of signal(7) or a number");
    }
}
