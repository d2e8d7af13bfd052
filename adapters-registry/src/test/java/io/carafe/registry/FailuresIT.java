package io.carafe.registry;

import static io.carafe.registry.fixture.FrontServer.body;
import static io.carafe.registry.fixture.FrontServer.breakAfter;
import static io.carafe.registry.fixture.FrontServer.stallAfter;
import static io.carafe.registry.fixture.FrontServer.status;
import static io.carafe.registry.fixture.FrontServer.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.ImageReference;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.registry.fixture.DockerRegistry;
import io.carafe.registry.fixture.FrontServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry behind a front that fails on purpose. */
class FailuresIT extends RegistryScene {
    private static final RegistryAuth NOBODY = RegistryAuth.ANONYMOUS;

    private DockerRegistry server;
    private FrontServer front;
    private ImageRegistry registry;
    private ImageReference reference;

    @BeforeEach
    void start() {
        server = DockerRegistry.open(storage);
        front = FrontServer.before(server.address());
        certs.withPlainHttp(front.address());
        registry = Registries.with(directory, certs, Map.of("stall_timeout", "1"), Map.of());
        reference = reference(front.address());
    }

    @AfterEach
    void stop() {
        front.close();
        server.close();
    }

    @Test
    void serverErrorsAreRetried() throws Exception {
        front.next("/manifests/", status(503)).next("/manifests/", status(500)).next("/blobs/", status(502));
        assertPulls(registry, front.address(), NOBODY);
        assertThat(front.asked("/manifests/")).hasSize(3);
    }

    @Test
    void lastingServerErrorIsUnavailable() {
        front.next(10, "/manifests/", status(503));
        assertThatThrownBy(() -> registry.resolve(reference, NOBODY, AMD64))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageStartingWith("RegistryUnavailable: pull manifest " + reference)
                .hasMessageContaining("http://" + front.address() + " said: 503")
                .hasMessageContaining("asked 3 times");
    }

    @Test
    void retryAfterIsObeyed() throws Exception {
        front.next("/manifests/", status(429, "Retry-After", "1"));
        Instant start = Instant.now();
        assertPulls(registry, front.address(), NOBODY);
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void longRetryAfterIsToldInsteadOfWaitedFor() {
        front.next("/manifests/", status(429, "Retry-After", "3600"));
        assertThatThrownBy(() -> registry.resolve(reference, NOBODY, AMD64))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("429")
                .hasMessageContaining("try again in 3600 s");
        assertThat(front.asked()).hasSize(1);
    }

    @Test
    void connectionRefusedIsUnavailableAndTellsSo() {
        String down = "127.0.0.1:" + DockerRegistry.freePort();
        certs.withPlainHttp(down);
        assertThatThrownBy(() -> registry.resolve(reference(down), NOBODY, AMD64))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageStartingWith("RegistryUnavailable: ")
                .hasMessageContaining("http://" + down + " said: connection refused");
    }

    @Test
    void nameThatDoesNotResolveIsUnavailableAndTellsSo() {
        assertThatThrownBy(() -> registry.resolve(reference("registry.invalid"), NOBODY, AMD64))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("https://registry.invalid said: its name does not resolve");
    }

    @Test
    void silentServerIsUnavailable() {
        front.next(10, "/manifests/", stallAfter(0));
        assertThatThrownBy(() -> registry.resolve(reference, NOBODY, AMD64))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining(front.address());
    }

    @Test
    void brokenManifestIsAskedForAgain() throws Exception {
        front.next("/manifests/", breakAfter(20));
        assertPulls(registry, front.address(), NOBODY);
    }

    @Test
    void manifestOfAnotherDigestIsCorrupt() {
        front.next(10, "/manifests/", body("{}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> registry.resolve(reference, NOBODY, AMD64))
                .isInstanceOf(Fault.Corrupt.class)
                .hasMessageContaining(front.address())
                .hasMessageContaining(image.manifest().digest().value());
    }

    @Test
    void hugeManifestIsRefused() {
        front.next(10, "/manifests/", body(new byte[9 << 20]));
        assertThatThrownBy(() -> registry.resolve(reference, NOBODY, AMD64))
                .isInstanceOf(Fault.Corrupt.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void schema1IsRefusedWithAdvice() {
        byte[] schema1 = "{\"schemaVersion\":1,\"name\":\"app/one\",\"fsLayers\":[]}".getBytes(StandardCharsets.UTF_8);
        front.next(10, "/manifests/", (exchange, _) -> {
            exchange.getResponseHeaders()
                    .set("Content-Type", "application/vnd.docker.distribution.manifest.v1+prettyjws");
            exchange.sendResponseHeaders(200, schema1.length);
            exchange.getResponseBody().write(schema1);
        });
        assertThatThrownBy(() -> registry.resolve(reference, NOBODY, AMD64))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("schema 1");
    }

    @Test
    void unchangedTagIsAskedForByHeadAlone() throws Exception {
        registry.resolve(reference, NOBODY, AMD64);
        registry.resolve(reference, NOBODY, AMD64);
        assertThat(front.asked("/manifests/"))
                .extracting(FrontServer.Asked::method)
                .containsExactly("GET", "HEAD");
    }

    @Test
    void connectionIsUsedAgain() throws Exception {
        assertPulls(registry, front.address(), NOBODY);
        assertPulls(registry, front.address(), NOBODY);
        assertThat(front.asked()).hasSize(4);
        assertThat(front.asked().stream().map(FrontServer.Asked::clientPort).distinct())
                .hasSize(1);
    }

    @Test
    void closeInAnotherThreadEndsARead() throws Exception {
        registry = Registries.with(directory, certs, Map.of("stall_timeout", "50"), Map.of());
        front.next("/blobs/", stallAfter(100_000));
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("nothing thrown"));
        InputStream stream = registry.open(reference, layer().descriptor(), NOBODY);
        assertThat(stream.readNBytes(100_000)).hasSize(100_000);
        Thread reader = Thread.ofVirtual().start(() -> thrown.set(catchThrowable(stream::read)));
        stream.close();
        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
        assertThat(thrown.get()).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void brokenBlobGoesOnWhereItBroke() throws Exception {
        front.next("/blobs/", breakAfter(100_000)).next("/blobs/", breakAfter(50_000));
        assertThat(read(registry, reference, NOBODY)).isEqualTo(layer().content());
        assertThat(front.asked("/blobs/")).hasSize(3);
        assertThat(front.asked("/blobs/").get(0).range()).isEmpty();
        assertThat(front.asked("/blobs/").get(1).range())
                .hasValueSatisfying(range -> assertThat(range).startsWith("bytes="));
    }

    @Test
    void brokenBlobGoesOnWithAServerThatKnowsNoRanges() throws Exception {
        front.next("/blobs/", breakAfter(100_000)).next("/blobs/", whole(layer().content()));
        assertThat(read(registry, reference, NOBODY)).isEqualTo(layer().content());
    }

    @Test
    void otherRangeThanAskedForIsCorrupt() {
        front.next("/blobs/", breakAfter(100_000)).next(10, "/blobs/", (exchange, right) -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/" + layer().content().length);
            exchange.sendResponseHeaders(206, 10);
            exchange.getResponseBody().write(layer().content(), 0, 10);
        });
        assertThat(catchThrowable(() -> read(registry, reference, NOBODY)))
                .hasRootCauseInstanceOf(io.carafe.registry.http.HostFailure.class)
                .cause()
                .isInstanceOf(Fault.Corrupt.class);
    }

    @Test
    void stalledBlobGoesOn() throws Exception {
        front.next("/blobs/", stallAfter(100_000));
        assertThat(read(registry, reference, NOBODY)).isEqualTo(layer().content());
        assertThat(front.asked("/blobs/")).hasSize(2);
    }

    @Test
    void blobThatNeverComesIsGivenUp() {
        front.next(100, "/blobs/", breakAfter(0));
        assertThat(catchThrowable(() -> read(registry, reference, NOBODY)).getCause())
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageStartingWith("RegistryUnavailable: pull blob")
                .hasMessageContaining("given up after 0 of");
    }

    @Test
    void blobThatGoesOnBehindItsEndIsCorrupt() {
        byte[] longer = Arrays.copyOf(layer().content(), layer().content().length + 1);
        front.next("/blobs/", body(longer));
        assertThat(catchThrowable(() -> read(registry, reference, NOBODY)).getCause())
                .isInstanceOf(Fault.Corrupt.class)
                .hasMessageContaining("it goes on");
    }

    @Test
    void wrongBytesAreNeverHandedOutToTheLast() throws Exception {
        byte[] other = layer().content().clone();
        other[5] ^= 1;
        front.next("/blobs/", body(other));
        try (InputStream stream = registry.open(reference, layer().descriptor(), NOBODY)) {
            // exactly as many bytes as there are, without asking for the end
            assertThat(catchThrowable(() -> stream.readNBytes(other.length)).getCause())
                    .isInstanceOf(Fault.Corrupt.class)
                    .hasMessageContaining(layer().digest().value());
            assertThatThrownBy(stream::read).hasCauseInstanceOf(Fault.Corrupt.class);
        }
    }

    @Test
    void redirectToAnotherHostLosesCredentialsAndHeaders() throws Exception {
        certs.with(
                front.address(),
                "server = \"http://" + front.address() + "\"\n[header]\n  X-Custom = [\"a\", \"b\"]\n");
        try (FrontServer cdn = FrontServer.before(server.address())) {
            String target =
                    "http://" + cdn.address() + "/v2/" + REPOSITORY + "/blobs/" + layer().digest() + "?sig=s3cret";
            front.next("/blobs/", status(307, "Location", target));
            RegistryAuth token =
                    new RegistryAuth("", "", Optional.empty(), Optional.empty(), Optional.of("bearer-of-the-test"));
            assertThat(read(registry, reference, token)).isEqualTo(layer().content());
            assertThat(front.asked("/blobs/").getFirst().authorization()).contains("Bearer bearer-of-the-test");
            assertThat(front.asked("/blobs/").getFirst().custom()).containsExactly("a", "b");
            assertThat(cdn.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.authorization()).isEmpty();
                assertThat(asked.custom()).isEmpty();
                assertThat(asked.uri().getQuery()).isEqualTo("sig=s3cret");
            });
        }
    }

    @Test
    void redirectOnTheSameHostKeepsCredentials() throws Exception {
        String target = "/v2/" + REPOSITORY + "/blobs/" + layer().digest();
        front.next("/blobs/", status(302, "Location", target));
        RegistryAuth token =
                new RegistryAuth("", "", Optional.empty(), Optional.empty(), Optional.of("bearer-of-the-test"));
        assertThat(read(registry, reference, token)).isEqualTo(layer().content());
        assertThat(front.asked("/blobs/"))
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.authorization()).isPresent());
    }

    @Test
    void endlessRedirectsEnd() {
        String target = "/v2/" + REPOSITORY + "/blobs/" + layer().digest();
        front.next(100, "/blobs/", status(302, "Location", target));
        assertThatThrownBy(() -> read(registry, reference, NOBODY))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("redirects");
    }

    @Test
    void interruptEndsAReadAtOnce() throws Exception {
        registry = Registries.with(directory, certs, Map.of("stall_timeout", "50"), Map.of());
        front.next("/blobs/", stallAfter(100_000));
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("nothing thrown"));
        InputStream stream = registry.open(reference, layer().descriptor(), NOBODY);
        assertThat(stream.readNBytes(1)).hasSize(1);
        Thread reader = Thread.ofVirtual().start(() -> thrown.set(catchThrowable(stream::readAllBytes)));
        reader.interrupt();
        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void interruptEndsAResolveAtOnce() throws Exception {
        registry = Registries.with(directory, certs, Map.of("stall_timeout", "50"), Map.of());
        front.next("/manifests/", (_, _) -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("nothing thrown"));
        Thread reader = Thread.ofVirtual()
                .start(() -> thrown.set(catchThrowable(() -> registry.resolve(reference, NOBODY, AMD64))));
        while (front.asked().isEmpty()) {
            Thread.onSpinWait();
        }
        reader.interrupt();
        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }
}
