package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.image.TestImage;
import io.carafe.cri.v1.Image;
import io.carafe.cri.v1.ImageFilter;
import io.carafe.cri.v1.ImageStatusRequest;
import io.carafe.cri.v1.ListImagesRequest;
import io.carafe.cri.v1.PullImageRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Pull, list, status: what an image is called and what is told of it. */
@Conformance
final class ImageConformance {
    @Claim(
            answers = {
                "Image Manager: tag pull and remove",
                "Image Consistency: present right after pull",
                "PullImageRequest.image",
                "PullImageResponse.image_ref",
                "ImageSpec.image",
                "ImageStatusRequest.image",
                "ImageStatusResponse.image",
                "ListImagesResponse.images",
                "Image.id",
                "Image.repo_tags",
                "Image.repo_digests",
                "Image.size",
                "Image.pinned"
            })
    void pulledTagIsListedAtOnceWithItsTagAndDigest(Bench bench) {
        var other = bench.images().named("other");
        var id = bench.pulled(other);
        var status = present(bench, other.reference());
        assertThat(status.getId()).isEqualTo(id);
        assertThat(status.getRepoTagsList()).containsExactly(other.reference());
        assertThat(status.getRepoDigestsList()).containsExactly(other.pinned());
        assertThat(status.getSize()).isGreaterThan(100_000);
        assertThat(status.getPinned()).isFalse();
        assertThat(Lists.images(bench)).contains(status);
    }

    @Claim(answers = {"Image Manager: timeout"})
    void pullPastItsDeadlineIsDeadlineExceeded(Bench bench) {
        var other = bench.images().named("other");
        var _ = bench.imageService().removeImage(Requests.removeImage(other.reference()));
        Refused.with(
                Status.Code.DEADLINE_EXCEEDED,
                () -> bench.cri().images(Duration.ofMillis(1)).pullImage(Requests.pull(other.reference())));
    }

    @Claim(answers = {"Image Manager: no tag"})
    void withoutATagItIsLatest(Bench bench) {
        var latest = bench.images().named("latest");
        bench.pulled(latest.repository());
        assertThat(present(bench, latest.repository()).getRepoTagsList()).containsExactly(latest.reference());
    }

    @Claim(answers = {"Image Manager: digest"})
    void pulledByDigestItHasNoTags(Bench bench) {
        var pinned = bench.images().named("pinned");
        var id = bench.pulled(pinned.pinned());
        var status = present(bench, pinned.pinned());
        assertThat(status.getId()).isEqualTo(id);
        assertThat(status.getRepoTagsList()).isEmpty();
        assertThat(status.getRepoDigestsList()).containsExactly(pinned.pinned());
    }

    @Claim(answers = {"Image Manager: status by every reference"})
    void everyKindOfReferenceFindsTheSameImage(Bench bench) {
        var other = bench.images().named("other");
        var id = bench.pulled(other);
        var byTag = present(bench, other.reference());
        assertThat(List.of(
                        present(bench, other.pinned()),
                        present(bench, id),
                        present(bench, other.reference() + "@" + other.digest())))
                .allSatisfy(status -> assertThat(status).isEqualTo(byTag));
    }

    @Claim(
            answers = {
                "Image Identifier Consistency: same id across all APIs",
                "Container.image",
                "Container.image_ref",
                "Container.image_id",
                "ContainerStatus.image",
                "ContainerStatus.image_ref",
                "ContainerStatus.image_id"
            },
            quote =
                    "When referring to the same image, the container runtime MUST always return the same value for: Image.id,"
                            + " Container.image_id, ContainerStatus.image_id, PullImageResponse.image_ref")
    void imageHasOneIdInAllCalls(Bench bench) {
        var busybox = bench.images().busybox();
        var id = bench.pulled(busybox);
        var container = bench.pod().create(config -> config.setImage(Requests.image(busybox.reference())));
        var status = container.status();
        var listed =
                Lists.containers(bench, filter -> filter.setId(container.id())).getFirst();
        assertThat(present(bench, busybox.reference()).getId()).isEqualTo(id);
        assertThat(Lists.images(bench).stream().map(Image::getId)).contains(id);
        assertThat(status.getImageRef()).isNotEmpty();
        assertThat(listed.getImageRef()).isNotEmpty();
        assertThat(status.getImage().getImage()).isNotEmpty();
        assertThat(listed.getImage().getImage()).isNotEmpty();
        assertThat(List.of(status.getImageId(), listed.getImageId())).containsOnly(id);
    }

    @Claim(answers = {"Image Identifier Consistency: same id from two registries"})
    void sameImageFromTwoRepositoriesHasOneIdAndBothNames(Bench bench) {
        var one = bench.images().named("twin-one");
        var two = bench.images().named("twin-two");
        var id = bench.pulled(one);
        assertThat(bench.pulled(two)).isEqualTo(id);
        var status = present(bench, id);
        assertThat(status.getRepoTagsList()).containsExactlyInAnyOrder(one.reference(), two.reference());
        assertThat(status.getRepoDigestsList()).containsExactlyInAnyOrder(one.pinned(), two.pinned());
    }

    @Claim(answers = {"Image Manager: exactly 3 images"})
    void threeImagesAreThreeEntries(Bench bench) {
        var names = List.of("other", "latest", "user-uid");
        var pulled = new HashSet<String>();
        names.forEach(name -> pulled.add(bench.pulled(bench.images().named(name))));
        assertThat(pulled).hasSize(3);
        assertThat(Lists.images(bench).stream().map(Image::getId).filter(pulled::contains))
                .containsExactlyInAnyOrderElementsOf(pulled);
    }

    @Claim(answers = {"Image Manager: exactly 3 repoTags"})
    void threeTagsOfOneImageAreOneEntry(Bench bench) {
        var tags = bench.images().named("tags");
        var ids = new HashSet<String>();
        tags.references().forEach(reference -> ids.add(bench.pulled(reference)));
        assertThat(ids).hasSize(1);
        assertThat(Lists.images(bench).stream().filter(image -> ids.contains(image.getId())))
                .singleElement()
                .satisfies(image ->
                        assertThat(image.getRepoTagsList()).containsExactlyInAnyOrderElementsOf(tags.references()));
    }

    @Claim(answers = {"Image Manager: Uid and Username", "Image.uid", "Image.username"})
    void userOfTheImageIsToldAsUidOrAsName(Bench bench) {
        assertThat(user(bench, "user-uid").getUid().getValue()).isEqualTo(1002);
        assertThat(user(bench, "user-uid").getUsername()).isEmpty();
        assertThat(user(bench, "user-name").hasUid()).isFalse();
        assertThat(user(bench, "user-name").getUsername()).isEqualTo("carafe");
        assertThat(user(bench, "user-uid-group").getUid().getValue()).isEqualTo(1003);
        assertThat(user(bench, "user-uid-group").getUsername()).isEmpty();
        assertThat(user(bench, "user-name-group").hasUid()).isFalse();
        assertThat(user(bench, "user-name-group").getUsername()).isEqualTo("carafe");
    }

    private static Image user(Bench bench, String name) {
        TestImage image = bench.images().named(name);
        bench.pulled(image);
        return present(bench, image.reference());
    }

    @Claim(
            answers = {"ImageStatusResponse.image"},
            quote = "If the image is not present, returns a response with ImageStatusResponse.Image set to nil.")
    void statusOfAnAbsentImageIsEmptyAndNoError(Bench bench) {
        var absent = bench.settings().registry() + "/conformance/absent:1";
        assertThat(bench.imageService()
                        .imageStatus(Requests.imageStatus(absent))
                        .hasImage())
                .isFalse();
        assertThat(bench.imageService()
                        .imageStatus(Requests.imageStatus("sha256:" + "0".repeat(64)))
                        .hasImage())
                .isFalse();
    }

    @Claim(
            answers = {"ImageStatusRequest.verbose", "ImageStatusResponse.info"},
            quote = "value should be in json format. [...] It should only be returned non-empty when Verbose is true.")
    void statusHasInfoOnlyWhenVerboseAndItIsJson(Bench bench) {
        var busybox = bench.images().busybox();
        bench.pulled(busybox);
        var request = ImageStatusRequest.newBuilder().setImage(Requests.image(busybox.reference()));
        assertThat(bench.imageService().imageStatus(request.build()).getInfoMap())
                .isEmpty();
        var info = bench.imageService()
                .imageStatus(request.setVerbose(true).build())
                .getInfoMap();
        assertThat(info).isNotEmpty();
        JsonText.assertAllJson(info);
    }

    @Claim(
            answers = {"ListImagesRequest.filter", "ImageFilter.image"},
            quote = "Filter to list images.")
    void listCanBeFilteredByAnImage(Bench bench) {
        var other = bench.images().named("other");
        var id = bench.pulled(other);
        bench.pulled(bench.images().busybox());
        assertThat(filtered(bench, other.reference())).containsExactly(id);
        assertThat(filtered(bench, id)).containsExactly(id);
        assertThat(filtered(bench, bench.settings().registry() + "/conformance/absent:1"))
                .isEmpty();
    }

    private static List<String> filtered(Bench bench, String reference) {
        var filter = ImageFilter.newBuilder().setImage(Requests.image(reference));
        return bench
                .imageService()
                .listImages(ListImagesRequest.newBuilder().setFilter(filter).build())
                .getImagesList()
                .stream()
                .map(Image::getId)
                .toList();
    }

    @Claim(answers = {"PullImage"})
    void pullAgainIsNoErrorAndChangesNothing(Bench bench) {
        var other = bench.images().named("other");
        var id = bench.pulled(other);
        var before = present(bench, id);
        assertThat(bench.pulled(other)).isEqualTo(id);
        assertThat(present(bench, id)).isEqualTo(before);
    }

    @Claim(answers = {"PullImage"})
    void manyPullsOfOneImageAtOnceAllSucceed(Bench bench) throws InterruptedException, ExecutionException {
        var other = bench.images().named("other");
        var _ = bench.imageService().removeImage(Requests.removeImage(other.reference()));
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var pulls = new ArrayList<Future<String>>();
            for (int i = 0; i < 6; i++) {
                pulls.add(tasks.submit(() -> bench.pulled(other)));
            }
            var ids = new HashSet<String>();
            for (var pull : pulls) {
                ids.add(pull.get());
            }
            assertThat(ids).containsExactly(present(bench, other.reference()).getId());
        }
    }

    @Claim(
            answers = {
                "PullImageRequest.sandbox_config",
                "ImageSpec.annotations",
                "ImageSpec.user_specified_image",
                "Image.spec"
            })
    void whatAKubeletSendsAlongWithAPullIsTaken(Bench bench) {
        var other = bench.images().named("other");
        var spec = Requests.image(other.reference()).toBuilder()
                .putAnnotations("example.com/note", "value")
                .setUserSpecifiedImage(other.reference());
        var request = PullImageRequest.newBuilder().setImage(spec).setSandboxConfig(bench.podConfig());
        var id = bench.imageService().pullImage(request.build()).getImageRef();
        assertThat(present(bench, other.reference()).getId()).isEqualTo(id);
    }

    @Claim(
            answers = {"ImageSpec.runtime_handler"},
            quote = "If the runtime handler is unknown, the request should be rejected.")
    void pullForAnUnknownHandlerIsRejected(Bench bench) {
        var spec = Requests.image(bench.images().named("other").reference()).toBuilder()
                .setRuntimeHandler("no-such-handler");
        Refused.any(() -> bench.imageService()
                .pullImage(PullImageRequest.newBuilder().setImage(spec).build()));
    }

    private static Image present(Bench bench, String reference) {
        var response = bench.imageService().imageStatus(Requests.imageStatus(reference));
        assertThat(response.hasImage()).as("%s is present", reference).isTrue();
        return response.getImage();
    }
}
