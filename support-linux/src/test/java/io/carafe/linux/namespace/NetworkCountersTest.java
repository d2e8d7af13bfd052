package io.carafe.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.NetworkUsage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NetworkCountersTest {
    private static final String TABLE = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo:     100       2    0    0    0     0          0         0      100       2    0    0    0     0       0          0
              eth0:123456789   10    3    4    0     0          0         0   987654      20    5    6    0     0       0          0
            """;

    @Test
    void countersOfAllInterfacesButLo() {
        NetworkUsage usage = NetworkCounters.parse(TABLE, Instant.EPOCH);

        assertThat(usage.interfaces())
                .containsExactly(new NetworkUsage.Interface("eth0", new Bytes(123456789), 3, new Bytes(987654), 5));
    }

    @Test
    void goneTableHasNoInterfaces() {
        assertThat(NetworkCounters.parse("", Instant.EPOCH).interfaces()).isEmpty();
    }
}
