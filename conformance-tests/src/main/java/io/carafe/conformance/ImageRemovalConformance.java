package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.cri.v1.Image;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** RemoveImage: by whatever name, the image goes with all its names. */
@Conformance
final class ImageRemovalConformance {
    private static final String ALL_TAGS_GO =
            "if the image is referenced by multiple tags (even across different repositories"
                    + " if they resolve to the same image digest), removing the image by a single tag will remove all of its tags.";

    @Claim(
            answers = {"Image Manager: remove by one tag removes all", "RemoveImageRequest.image"},
            quote = ALL_TAGS_GO)
    void removalByOneTagRemovesAllTags(Bench bench) {
        var tags = bench.images().named("tags");
        tags.references().forEach(bench::pulled);
        var id = bench.pulled(tags.reference("two"));
        remove(bench, tags.reference("two"));
        tags.references().forEach(reference -> assertGone(bench, reference));
        assertGone(bench, id);
    }

    @Claim(
            answers = {"Image Manager: remove from one registry removes the others' tags", "RemoveImageRequest.image"},
            quote = ALL_TAGS_GO)
    void removalByATagOfOneRepositoryRemovesThoseOfTheOther(Bench bench) {
        var one = bench.images().named("twin-one");
        var two = bench.images().named("twin-two");
        bench.pulled(one);
        var id = bench.pulled(two);
        remove(bench, one.reference());
        assertGone(bench, two.reference());
        assertGone(bench, two.pinned());
        assertGone(bench, id);
    }

    @Claim(answers = {"Image Consistency: gone right after removal", "Image Manager: tag pull and remove"})
    void imageRemovedByItsIdIsGoneAtOnce(Bench bench) {
        var other = bench.images().named("other");
        var id = bench.pulled(other);
        remove(bench, id);
        assertGone(bench, other.reference());
        assertGone(bench, id);
    }

    @Claim(answers = {"Image Manager: digest"})
    void imageRemovedByItsDigestIsGone(Bench bench) {
        var pinned = bench.images().named("pinned");
        var id = bench.pulled(pinned.pinned());
        remove(bench, pinned.pinned());
        assertGone(bench, id);
    }

    @Claim(answers = {"Image Consistency: concurrent remove"})
    void manyRemovalsAtOnceAllSucceed(Bench bench) throws InterruptedException, ExecutionException {
        var other = bench.images().named("other");
        bench.pulled(other);
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var removals = new ArrayList<Future<?>>();
            for (int i = 0; i < 6; i++) {
                removals.add(tasks.submit(() -> remove(bench, other.reference())));
            }
            for (var removal : removals) {
                var _ = removal.get();
            }
        }
        assertGone(bench, other.reference());
    }

    @Claim(
            answers = {"Idempotence: RemoveImage not found"},
            quote = "must not return an error if the image has already been removed")
    void removalOfAnAbsentImageSucceeds(Bench bench) {
        remove(bench, bench.settings().registry() + "/conformance/absent:1");
        remove(bench, "sha256:" + "0".repeat(64));
    }

    @Claim(answers = {"RemoveImage"})
    void removalOfAnotherImageWithTheSameLayersLeavesThisOneUsable(Bench bench) {
        bench.pulled(bench.images().named("other"));
        bench.pulled(bench.images().busybox());
        remove(bench, bench.images().named("other").reference());
        assertThat(bench.pod().script("echo fine").status().getExitCode()).isZero();
    }

    @Claim(answers = {"RemoveImage", "PullImage"})
    void removedImageCanBePulledAndRunAgain(Bench bench) {
        var other = bench.images().named("other");
        var id = bench.pulled(other);
        remove(bench, other.reference());
        assertThat(bench.pulled(other)).isEqualTo(id);
        assertThat(bench.pod()
                        .script("exit 6", config -> config.setImage(Requests.image(id)))
                        .status()
                        .getExitCode())
                .isEqualTo(6);
    }

    private static void remove(Bench bench, String reference) {
        var _ = bench.imageService().removeImage(Requests.removeImage(reference));
    }

    private static void assertGone(Bench bench, String reference) {
        assertThat(bench.imageService()
                        .imageStatus(Requests.imageStatus(reference))
                        .hasImage())
                .as("%s is present", reference)
                .isFalse();
        assertThat(Lists.images(bench)).noneMatch(image -> names(image, reference));
    }

    private static boolean names(Image image, String reference) {
        return image.getId().equals(reference)
                || image.getRepoTagsList().contains(reference)
                || image.getRepoDigestsList().contains(reference);
    }
}
