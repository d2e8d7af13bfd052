package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.image.Platform;
import io.carafe.domain.resource.Bytes;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.image.ResolvedImage;
import io.carafe.ports.tck.image.RegistryFixture;
import io.carafe.ports.tck.image.TestBlob;
import io.carafe.ports.tck.image.TestImage;
import io.carafe.ports.tck.image.TestLayer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What every {@link ImageRegistry} does. A subclass gives the port and the other side of one registry that wants credentials. */
public abstract class ImageRegistryTck {
    protected static final Platform AMD64 = new Platform("linux", "amd64", "");
    protected static final Platform ARM64 = new Platform("linux", "arm64", "");

    protected abstract ImageRegistry registry();

    protected abstract RegistryFixture fixture();

    @Test
    void tagLeadsToItsManifest() throws InterruptedException {
        TestImage image = image(AMD64, 1);
        ImageReference reference = pushed("tck/single:1", image);
        ResolvedImage resolved = registry().resolve(reference, auth(), AMD64);
        assertThat(resolved.topDigest()).isEqualTo(image.manifest().digest());
        assertThat(resolved.manifest()).isEqualTo(image.expected());
    }

    @Test
    void indexLeadsToTheManifestOfThePlatform() throws InterruptedException {
        TestImage amd64 = image(AMD64, 2);
        TestImage arm64 = image(new Platform("linux", "arm64", "v8"), 3);
        ImageReference reference = pushedIndex("tck/index:1", amd64, arm64);
        Digest top = TestImage.index(List.of(amd64, arm64)).digest();
        assertThat(registry().resolve(reference, auth(), AMD64)).isEqualTo(new ResolvedImage(top, amd64.expected()));
        assertThat(registry().resolve(reference, auth(), ARM64)).isEqualTo(new ResolvedImage(top, arm64.expected()));
    }

    @Test
    void digestOfAnIndexLeadsToTheManifestOfThePlatform() throws InterruptedException {
        TestImage amd64 = image(AMD64, 4);
        TestImage arm64 = image(ARM64, 5);
        pushedIndex("tck/by-digest:1", amd64, arm64);
        Digest top = TestImage.index(List.of(amd64, arm64)).digest();
        ResolvedImage resolved = registry().resolve(reference("tck/by-digest@" + top), auth(), ARM64);
        assertThat(resolved).isEqualTo(new ResolvedImage(top, arm64.expected()));
    }

    @Test
    void digestCountsMoreThanTheTagBesideIt() throws InterruptedException {
        TestImage older = image(AMD64, 6);
        pushed("tck/both:1", older);
        pushed("tck/both:1", image(AMD64, 7));
        ImageReference both = reference("tck/both:1@" + older.manifest().digest());
        assertThat(registry().resolve(both, auth(), AMD64).manifest()).isEqualTo(older.expected());
    }

    @Test
    void movedTagLeadsToTheNewManifest() throws InterruptedException {
        TestImage older = image(AMD64, 8);
        TestImage newer = image(AMD64, 9);
        ImageReference reference = pushed("tck/moved:1", older);
        assertThat(registry().resolve(reference, auth(), AMD64).manifest()).isEqualTo(older.expected());
        assertThat(registry().resolve(reference, auth(), AMD64).manifest()).isEqualTo(older.expected());
        pushed("tck/moved:1", newer);
        assertThat(registry().resolve(reference, auth(), AMD64).manifest()).isEqualTo(newer.expected());
    }

    @Test
    void unknownTagIsNotFoundAndTheHostIsNamed() {
        pushed("tck/known:1", image(AMD64, 10));
        assertThatThrownBy(() -> registry().resolve(reference("tck/known:2"), auth(), AMD64))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining("tck/known:2")
                .hasMessageContaining(fixture().host());
    }

    @Test
    void unknownRepositoryIsNotFound() {
        assertThatThrownBy(() -> registry().resolve(reference("tck/nothing:1"), auth(), AMD64))
                .isInstanceOf(Fault.NotFound.class);
    }

    @Test
    void platformThatAnIndexLacksIsNotFoundAndThoseItHasAreNamed() {
        ImageReference reference = pushedIndex("tck/platforms:1", image(AMD64, 11), image(ARM64, 12));
        assertThatThrownBy(() -> registry().resolve(reference, auth(), new Platform("linux", "s390x", "")))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining("linux/s390x")
                .hasMessageContaining("linux/arm64");
    }

    @Test
    void wrongPasswordIsDenied() {
        ImageReference reference = pushed("tck/denied:1", image(AMD64, 13));
        RegistryAuth wrong = new RegistryAuth(
                auth().username(), "wr0ng-secret", Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> registry().resolve(reference, wrong, AMD64))
                .isInstanceOf(Fault.Denied.class)
                .hasMessageContaining(fixture().host())
                .hasMessageNotContaining("wr0ng-secret");
    }

    @Test
    void missingCredentialsAreDenied() throws InterruptedException {
        TestImage image = image(AMD64, 14);
        ImageReference reference = pushed("tck/anonymous:1", image);
        assertThat(registry().resolve(reference, auth(), AMD64).manifest()).isEqualTo(image.expected());
        // also after somebody else had the right ones
        assertThatThrownBy(() -> registry().resolve(reference, RegistryAuth.ANONYMOUS, AMD64))
                .isInstanceOf(Fault.Denied.class);
        assertThatThrownBy(() -> registry().open(reference, image.config().descriptor(), RegistryAuth.ANONYMOUS))
                .isInstanceOf(Fault.Denied.class);
    }

    @Test
    void credentialsForAnotherServerAreNotUsed() {
        ImageReference reference = pushed("tck/elsewhere:1", image(AMD64, 15));
        RegistryAuth elsewhere = new RegistryAuth(
                auth().username(),
                auth().password(),
                Optional.of("registry.example.com"),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> registry().resolve(reference, elsewhere, AMD64))
                .isInstanceOf(Fault.Denied.class);
    }

    @Test
    void credentialsForThisServerAreUsed() throws InterruptedException {
        TestImage image = image(AMD64, 16);
        ImageReference reference = pushed("tck/named:1", image);
        RegistryAuth named = new RegistryAuth(
                auth().username(),
                auth().password(),
                Optional.of(fixture().host()),
                Optional.empty(),
                Optional.empty());
        assertThat(registry().resolve(reference, named, AMD64).manifest()).isEqualTo(image.expected());
    }

    @Test
    void blobComesByteForByte() throws Exception {
        TestImage image = image(AMD64, 17);
        ImageReference reference = pushed("tck/blobs:1", image);
        for (TestBlob blob : image.blobs().toList()) {
            assertThat(content(reference, blob.descriptor())).isEqualTo(blob.content());
        }
    }

    @Test
    void manyBlobsComeAtOnce() throws Exception {
        TestImage image = image(AMD64, 18);
        ImageReference reference = pushed("tck/many:1", image);
        List<Callable<byte[]>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            work.add(() -> content(reference, image.layers().getFirst().descriptor()));
        }
        assertThat(new TckTasks().all("blobs", 8, work))
                .allSatisfy(bytes ->
                        assertThat(bytes).isEqualTo(image.layers().getFirst().content()));
    }

    @Test
    void unknownBlobIsNotFound() {
        ImageReference reference = pushed("tck/noblob:1", image(AMD64, 19));
        Descriptor unknown =
                TestBlob.of("application/octet-stream", new byte[] {1, 9}).descriptor();
        assertThatThrownBy(() -> registry().open(reference, unknown, auth()).close())
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining(unknown.digest().value());
    }

    @Test
    void changedBlobEndsInCorrupt() {
        TestImage image = image(AMD64, 20);
        ImageReference reference = pushed("tck/changed:1", image);
        TestBlob layer = image.layers().getFirst();
        fixture().corrupt(reference, layer.digest());
        assertCorrupt(reference, layer.descriptor());
    }

    @Test
    void blobOfAnotherSizeIsCorrupt() {
        TestImage image = image(AMD64, 21);
        ImageReference reference = pushed("tck/size:1", image);
        Descriptor right = image.layers().getFirst().descriptor();
        for (long wrong : new long[] {right.size().value() - 1, right.size().value() + 1}) {
            assertCorrupt(reference, new Descriptor(right.mediaType(), right.digest(), new Bytes(wrong)));
        }
    }

    @Test
    void blobMayBeClosedBeforeItsEnd() throws Exception {
        TestImage image = image(AMD64, 22);
        ImageReference reference = pushed("tck/closed:1", image);
        Descriptor layer = image.layers().getFirst().descriptor();
        try (InputStream stream = registry().open(reference, layer, auth())) {
            assertThat(stream.read()).isNotNegative();
        }
        assertThat(content(reference, layer))
                .isEqualTo(image.layers().getFirst().content());
    }

    private void assertCorrupt(ImageReference reference, Descriptor blob) {
        // at once, where the size already shows it, or by the stream
        Throwable thrown = catchThrowable(() -> content(reference, blob));
        Throwable fault = thrown instanceof IOException ? thrown.getCause() : thrown;
        assertThat(fault)
                .isInstanceOf(Fault.Corrupt.class)
                .hasMessageContaining(blob.digest().value());
    }

    private byte[] content(ImageReference reference, Descriptor blob) throws IOException, InterruptedException {
        try (InputStream stream = registry().open(reference, blob, auth())) {
            return stream.readAllBytes();
        }
    }

    private RegistryAuth auth() {
        return fixture().credentials();
    }

    protected ImageReference reference(String name) {
        return ImageReference.parse(fixture().host() + "/" + name);
    }

    private ImageReference pushed(String name, TestImage image) {
        fixture().push(reference(name), image);
        return reference(name);
    }

    private ImageReference pushedIndex(String name, TestImage... images) {
        fixture().pushIndex(reference(name), List.of(images));
        return reference(name);
    }

    /** An image with a layer of 200 kB that does not compress. */
    protected static TestImage image(Platform platform, int seed) {
        byte[] noise = new byte[200_000];
        new Random(seed).nextBytes(noise);
        return TestImage.of(
                platform,
                new TestLayer()
                        .directory("etc/")
                        .file("etc/seed", Integer.toString(seed))
                        .file("noise", 0600, noise),
                new TestLayer().file("etc/upper", "upper " + seed));
    }
}
