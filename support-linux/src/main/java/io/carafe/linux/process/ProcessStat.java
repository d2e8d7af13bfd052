package io.carafe.linux.process;

/**
 * The fields of /proc/pid/stat that we use.
 *
 * <p>Units: {@code startTime} in clock ticks after boot. Source: proc_pid_stat(5), fields 1 to 6 and 22.
 */
public record ProcessStat(long pid, String name, char state, long parent, long group, long session, long startTime) {
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int START_TIME = 19;

    /** Parses the line; the name, in parentheses, may itself hold spaces and parentheses. */
    static ProcessStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        String[] rest =
                close < 0 ? new String[0] : line.substring(close + 1).strip().split(" ");
        if (open < 0 || rest.length <= START_TIME) {
            throw new IllegalArgumentException("not a line of /proc/pid/stat: " + line);
        }
        return new ProcessStat(
                Long.parseLong(line.substring(0, open).strip()),
                line.substring(open + 1, close),
                rest[STATE].charAt(0),
                Long.parseLong(rest[PARENT]),
                Long.parseLong(rest[GROUP]),
                Long.parseLong(rest[SESSION]),
                Long.parseLong(rest[START_TIME]));
    }

    /** False for a zombie, which only waits for its parent, and for a process on its way out. */
    public boolean isAlive() {
        return state != 'Z' && state != 'X' && state != 'x';
    }
}
