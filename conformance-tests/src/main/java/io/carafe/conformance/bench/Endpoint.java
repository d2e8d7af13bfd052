package io.carafe.conformance.bench;

import io.carafe.conformance.image.TestImages;
import io.carafe.cri.v1.CgroupDriver;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.ListImagesRequest;
import io.carafe.cri.v1.RemoveImageRequest;
import io.carafe.cri.v1.RuntimeConfigRequest;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.VersionRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/**
 * The endpoint under judgement, for a whole run.
 *
 * @param driver how it wants cgroup parents written; cgroupfs where it does not say
 * @param features of the handler of this run
 */
record Endpoint(
        Settings settings,
        Cri cri,
        TestImages images,
        String runtimeName,
        CgroupDriver driver,
        HandlerFeatures features)
        implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    static Endpoint open(Settings settings) {
        var cri = new Cri(settings.socket());
        Await.until("the endpoint has RuntimeReady and NetworkReady", START_PATIENCE, () -> ready(cri));
        var name = cri.runtime().version(VersionRequest.getDefaultInstance()).getRuntimeName();
        var images = TestImages.publish(settings.registry(), settings.guardedRegistry(), settings.busybox());
        return new Endpoint(settings, cri, images, name, driver(cri), HandlerFeatures.of(cri, settings.handler()));
    }

    private static boolean ready(Cri cri) {
        try {
            var status =
                    cri.runtime().status(StatusRequest.getDefaultInstance()).getStatus();
            return status.getConditionsList().stream()
                            .filter(condition -> condition.getStatus())
                            .filter(condition -> condition.getType().endsWith("Ready"))
                            .count()
                    >= 2;
        } catch (StatusRuntimeException e) {
            // Just started: the socket may be there before its service is.
            return false;
        }
    }

    private static CgroupDriver driver(Cri cri) {
        try {
            return cri.runtime()
                    .runtimeConfig(RuntimeConfigRequest.getDefaultInstance())
                    .getLinux()
                    .getCgroupDriver();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return CgroupDriver.CGROUPFS;
            }
            throw e;
        }
    }

    /** Removes all images of the test registries, then lets go of the socket. */
    @Override
    public void close() {
        try (cri) {
            var listed = cri.images().listImages(ListImagesRequest.getDefaultInstance());
            for (var image : listed.getImagesList()) {
                var names = image.getRepoTagsList().isEmpty() ? image.getRepoDigestsList() : image.getRepoTagsList();
                // A runtime that takes its sandbox container's image from here still needs that one.
                if (names.stream().anyMatch(this::ours) && names.stream().noneMatch(tag -> tag.contains("/pause:"))) {
                    var spec = ImageSpec.newBuilder().setImage(image.getId());
                    var _ = cri.images()
                            .removeImage(RemoveImageRequest.newBuilder()
                                    .setImage(spec)
                                    .build());
                }
            }
        }
    }

    private boolean ours(String reference) {
        return reference.startsWith(settings.registry() + "/conformance/")
                || settings.guardedRegistry()
                        .filter(host -> reference.startsWith(host + "/"))
                        .isPresent();
    }
}
