package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.ImageFsInfoRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** What becomes of layers: encodings, whiteouts, platforms, and what must not become of them. */
@Conformance
final class ImageContentConformance {
    private static final Path ESCAPED = Path.of("/tmp/carafe-conformance-escaped");

    @Claim(
            answers = {"PullImage"},
            quote = "OCI image-spec layer.md: whiteouts, opaque whiteouts, hard links, file attributes")
    void upperLayersHideReplaceAndLinkWhatIsBelow(Bench bench) {
        var container = of(bench, "layers");
        assertThat(container.sh("ls /tree")).isEqualTo("link\nlinked\nopaque\nowned\nreplaced\nsticky");
        assertThat(container.sh("cat /tree/replaced")).isEqualTo("upper");
        assertThat(container.sh("ls -A /tree/opaque")).isEqualTo("shown");
        assertThat(container.sh("cat /tree/link")).isEqualTo("linked");
        assertThat(container.sh("stat -c %a:%u /tree/owned")).isEqualTo("640:1002");
        assertThat(container.sh("stat -c %a /tree/sticky")).isEqualTo("1777");
        container.sh("echo changed >> /tree/linked");
        assertThat(container.sh("rm -r /tree/opaque && mkdir /tree/opaque && ls -A /tree/opaque"))
                .isEmpty();
    }

    @Claim(
            answers = {"PullImage"},
            quote = "OCI image-spec layer.md: +gzip, +zstd and uncompressed media types")
    void plainGzipAndZstdLayersAreTaken(Bench bench) {
        var container = of(bench, "encodings");
        assertThat(container.sh("cat /plain")).isEqualTo("plain");
        assertThat(container.sh("wc -c < /zstd")).isEqualTo("400000");
    }

    @Claim(answers = {"PullImage"})
    void dockersManifestIsTakenToo(Bench bench) {
        assertThat(of(bench, "docker").sh("cat /etc/passwd")).contains("carafe");
    }

    @Claim(answers = {"PullImage"})
    void indexGivesTheImageOfThisPlatform(Bench bench) {
        assertThat(of(bench, "platforms").exec("test", "-e", "/foreign").code()).isNotZero();
    }

    @Claim(
            answers = {"PullImage"},
            quote = "OCI image-spec config.md: rootfs.diff_ids, digests of the uncompressed layers")
    void layerThatIsNotWhatTheConfigurationSaysIsRefused(Bench bench) {
        var wrong = bench.images().named("wrong-diff-id");
        Refused.any(() -> bench.pulled(wrong));
        assertThat(bench.imageService()
                        .imageStatus(Requests.imageStatus(wrong.reference()))
                        .hasImage())
                .isFalse();
    }

    @Claim(answers = {"PullImage"})
    void layerCannotWriteOutsideOfItsRoot(Bench bench) throws IOException {
        Files.deleteIfExists(ESCAPED);
        bench.afterwards(() -> Files.deleteIfExists(ESCAPED));
        try {
            bench.pulled(bench.images().named("escape"));
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getDescription()).isNotEmpty();
        }
        assertThat(ESCAPED).doesNotExist();
    }

    @Claim(
            answers = {
                "ImageFsInfo",
                "ImageFsInfoResponse.image_filesystems",
                "FilesystemUsage.timestamp",
                "FilesystemUsage.fs_id",
                "FilesystemUsage.used_bytes",
                "FilesystemUsage.inodes_used",
                "FilesystemIdentifier.mountpoint"
            })
    void imageFilesystemTellsItsPlaceAndItsUse(Bench bench) {
        bench.pulled(bench.images().busybox());
        var usage = bench.imageService()
                .imageFsInfo(ImageFsInfoRequest.getDefaultInstance())
                .getImageFilesystemsList();
        assertThat(usage).isNotEmpty().allSatisfy(filesystem -> {
            assertThat(Times.at(filesystem.getTimestamp()))
                    .isBefore(Instant.now().plusSeconds(1))
                    .isAfter(Instant.EPOCH);
            assertThat(Path.of(filesystem.getFsId().getMountpoint())).isDirectory();
        });
        assertThat(usage.getFirst().hasUsedBytes()).isTrue();
        assertThat(usage.getFirst().hasInodesUsed()).isTrue();
    }

    private static TestContainer of(Bench bench, String name) {
        var id = bench.pulled(bench.images().named(name));
        return bench.pod().start(config -> config.setImage(Requests.image(id)));
    }
}
