package io.carafe.linux.namespace;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.NetworkUsage;
import java.time.Instant;
import java.util.List;

/**
 * The table of /proc/net/dev: two lines of headings, then a line an interface, received first and sent from the ninth number on.
 *
 * <p>Source: proc_pid_net(5).
 */
final class NetworkCounters {
    private static final int HEADINGS = 2;
    private static final int RECEIVED = 0;
    private static final int RECEIVE_ERRORS = 2;
    private static final int SENT = 8;
    private static final int SEND_ERRORS = 10;

    private NetworkCounters() {}

    static NetworkUsage parse(String table, Instant now) {
        List<NetworkUsage.Interface> interfaces = table.lines()
                .skip(HEADINGS)
                .map(NetworkCounters::line)
                .filter(line -> !line.name().equals("lo"))
                .toList();
        return new NetworkUsage(now, interfaces);
    }

    private static NetworkUsage.Interface line(String line) {
        // the numbers may follow the colon at once
        int colon = line.lastIndexOf(':');
        String[] numbers = line.substring(colon + 1).strip().split(" +");
        return new NetworkUsage.Interface(
                line.substring(0, colon).strip(),
                new Bytes(Long.parseLong(numbers[RECEIVED])),
                Long.parseLong(numbers[RECEIVE_ERRORS]),
                new Bytes(Long.parseLong(numbers[SENT])),
                Long.parseLong(numbers[SEND_ERRORS]));
    }
}
