package io.carafe.application.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.application.node.Waiting;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Image;
import io.carafe.domain.image.ImageId;
import io.carafe.domain.image.ImageReference;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.tck.image.TestImage;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullImageTest {
    @TempDir
    Path directory;

    private TestNode node;
    private TestDaemon daemon;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.in(directory);
        daemon = node.start();
    }

    @Test
    void answersTheIdAndKnowsTheImageByTagDigestAndId() throws Exception {
        ImageId id = pull(TestNode.IMAGE);

        Image image = daemon.images.find(TestNode.IMAGE).orElseThrow();
        assertThat(image.id()).isEqualTo(id);
        assertThat(image.repoTags()).containsExactly(TestNode.IMAGE);
        assertThat(image.repoDigests()).singleElement().asString().startsWith("registry.test/app@sha256:");
        assertThat(daemon.images.find(image.repoDigests().getFirst())).contains(image);
        assertThat(daemon.images.find(id.toString())).contains(image);
        assertThat(node.storage.snapshotter().layers())
                .containsExactlyInAnyOrderElementsOf(image.config().diffIds());
    }

    @Test
    void pullAgainFetchesNoLayer() throws Exception {
        pull(TestNode.IMAGE);
        var unpacked = new AtomicInteger();
        daemon.ports.before("Snapshotter.unpack", unpacked::incrementAndGet);

        pull(TestNode.IMAGE);

        assertThat(unpacked).hasValue(0);
    }

    @Test
    void tagThatMovesLeavesTheOldImageWithItsDigest() throws Exception {
        ImageId old = pull(TestNode.IMAGE);
        node.push(TestNode.IMAGE, "another content");

        ImageId now = pull(TestNode.IMAGE);

        assertThat(now).isNotEqualTo(old);
        assertThat(daemon.images.byId(old).orElseThrow().repoTags()).isEmpty();
        assertThat(daemon.images.byId(old).orElseThrow().repoDigests()).hasSize(1);
    }

    @Test
    void imagesAreThereAfterARestart() throws Exception {
        ImageId id = pull(TestNode.IMAGE);

        assertThat(node.start().images.byId(id)).isPresent();
    }

    @Test
    void unknownImageIsNotFound() {
        assertThatThrownBy(() -> pull("registry.test/none:1")).isInstanceOf(Fault.NotFound.class);
    }

    @Test
    void layerThatIsNotWhatItsDigestSaysIsCorruptAndNoImage() {
        TestImage image = node.push(TestNode.IMAGE, "content");
        node.registry.corrupt(
                ImageReference.parse(TestNode.IMAGE), image.layers().getFirst().digest());

        assertThatThrownBy(() -> pull(TestNode.IMAGE)).isInstanceOf(Fault.Corrupt.class);
        assertThat(daemon.images.all()).isEmpty();
    }

    @Test
    void removalDuringAPullLeavesAnImageWithItsLayers() throws Exception {
        ImageId id = pull(TestNode.IMAGE);
        Waiting<ImageId> again = Waiting.at(daemon, "ImageRegistry.open", () -> pull(TestNode.IMAGE));

        daemon.removeImage.remove(TestNode.IMAGE);
        again.go();

        assertThat(again.result()).isEqualTo(id);
        Image image = daemon.images.byId(id).orElseThrow();
        assertThat(node.storage.snapshotter().layers())
                .containsAll(image.config().diffIds());
    }

    @Test
    void layersOfAnImageRemovedDuringAPullGoWithItsEnd() throws Exception {
        ImageId id = pull(TestNode.IMAGE);
        Image image = daemon.images.byId(id).orElseThrow();
        node.push("registry.test/other:1", "other");
        Waiting<ImageId> other = Waiting.at(daemon, "ImageRegistry.open", () -> pull("registry.test/other:1"));

        daemon.removeImage.remove(TestNode.IMAGE);
        other.go();
        other.result();

        assertThat(node.storage.snapshotter().layers())
                .doesNotContainAnyElementsOf(image.config().diffIds())
                .hasSize(1);
    }

    @Test
    void samePullUnderWayIsJoinedAndEachAddsItsName() throws Exception {
        node.push("registry.test/alias:1", "app");
        Waiting<ImageId> first = Waiting.at(daemon, "ImageRegistry.open", () -> pull(TestNode.IMAGE));
        var unpacked = new AtomicInteger();
        daemon.ports.before("Snapshotter.unpack", unpacked::incrementAndGet);
        daemon.ports.before("ImageRegistry.resolve", first::go);

        ImageId id = pull("registry.test/alias:1");

        assertThat(first.result()).isEqualTo(id);
        assertThat(unpacked).hasValue(1);
        assertThat(daemon.images.byId(id).orElseThrow().repoTags())
                .containsExactlyInAnyOrder(TestNode.IMAGE, "registry.test/alias:1");
    }

    @Test
    void callerWithoutTheRightCredentialsDoesNotJoin() throws Exception {
        Waiting<ImageId> first = Waiting.at(daemon, "ImageRegistry.open", () -> pull(TestNode.IMAGE));
        daemon.ports.fail("ImageRegistry.resolve", new Fault.Denied("401"));

        assertThatThrownBy(() -> pull(TestNode.IMAGE)).isInstanceOf(Fault.Denied.class);
        first.go();
        first.result();
    }

    @Test
    void imageThatAContainerUsesKeepsItsLayersUntilTheContainerIsRemoved() throws Exception {
        pull(TestNode.IMAGE);
        var id = daemon.running(daemon.pod(Requests.pod("web")), Requests.container("app", "sleep"));

        daemon.removeImage.remove(TestNode.IMAGE);
        assertThat(daemon.images.all()).isEmpty();
        assertThat(node.storage.snapshotter().layers()).hasSize(1);
        daemon.removeContainer.remove(id.value());
        daemon.recoverNode.sweep();

        assertThat(node.storage.snapshotter().layers()).isEmpty();
    }

    @Test
    void unknownImageIsRemovedWithoutError() {
        daemon.removeImage.remove("registry.test/none:1");
    }

    private ImageId pull(String reference) throws InterruptedException {
        return daemon.pullImage.pull(ImageReference.parse(reference), RegistryAuth.ANONYMOUS);
    }
}
