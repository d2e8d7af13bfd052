package io.carafe.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cli.Capture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ForwardedPortTest {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();

    private final Capture capture = new Capture();

    /** Fails as a process without file descriptors does, the given number of times. */
    private static final class Exhausted extends ServerSocket {
        private final AtomicInteger tries = new AtomicInteger();
        private final CountDownLatch tried = new CountDownLatch(1);
        private final int failures;

        Exhausted(int failures) throws IOException {
            super(0, 1, HOST);
            this.failures = failures;
        }

        @Override
        public Socket accept() throws IOException {
            if (tries.incrementAndGet() > failures) {
                return super.accept();
            }
            tried.countDown();
            throw new SocketException("Too many open files");
        }
    }

    @Test
    void failureThatLastsIsSaidOnceAndConnectionsAreTakenAfterIt() throws Exception {
        try (var server = new Exhausted(3);
                var port = new ForwardedPort(
                        server, 80, () -> URI.create("http://127.0.0.1:1/"), capture.console(), Duration.ZERO)) {
            port.serve();
            try (var client = new Socket(HOST, server.getLocalPort())) {
                // nothing is there to forward to, so it is closed: it was taken
                assertThat(client.getInputStream().read()).isNegative();
            }
        }
        assertThat(capture.err().lines().filter(line -> line.contains("Too many open files")))
                .singleElement()
                .asString()
                .matches("carafe: 127.0.0.1:\\d+ takes no connections for now, trying on: .*");
    }

    @Test
    void listenerRestsAfterAFailureAndIsEndedInItsRest() throws Exception {
        try (var server = new Exhausted(Integer.MAX_VALUE)) {
            var port = new ForwardedPort(
                    server, 80, () -> URI.create("http://127.0.0.1:1/"), capture.console(), Duration.ofDays(1));
            port.serve();
            server.tried.await();

            port.close();
            port.await();
            assertThat(server.tries).hasValue(1);
        }
    }
}
