package io.carafe.cli;

import io.carafe.cri.v1.Image;
import io.carafe.cri.v1.ImageServiceGrpc;
import io.carafe.cri.v1.ImageStatusRequest;
import io.carafe.cri.v1.ImageStatusResponse;
import io.carafe.cri.v1.ListImagesRequest;
import io.carafe.cri.v1.ListImagesResponse;
import io.carafe.cri.v1.PullImageRequest;
import io.carafe.cri.v1.PullImageResponse;
import io.carafe.cri.v1.RemoveImageRequest;
import io.carafe.cri.v1.RemoveImageResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Images by id; a pull always succeeds. */
final class FakeImages extends ImageServiceGrpc.ImageServiceImplBase {
    final Map<String, Image> images = new ConcurrentHashMap<>();

    @Override
    public void pullImage(PullImageRequest request, StreamObserver<PullImageResponse> reply) {
        var name = request.getImage().getImage();
        var id = "sha256:" + Integer.toHexString(name.hashCode());
        images.put(
                id,
                Image.newBuilder()
                        .setId(id)
                        .setSize(1_234_567)
                        .addRepoTags(name)
                        .build());
        answer(reply, PullImageResponse.newBuilder().setImageRef(id).build());
    }

    @Override
    public void imageStatus(ImageStatusRequest request, StreamObserver<ImageStatusResponse> reply) {
        var name = request.getImage().getImage();
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            reply.onError(Status.INVALID_ARGUMENT
                    .withDescription("'" + name + "' is no reference")
                    .asException());
            return;
        }
        var response = ImageStatusResponse.newBuilder();
        images.values().stream()
                .filter(image ->
                        image.getId().equals(name) || image.getRepoTagsList().contains(name))
                .findFirst()
                .ifPresent(response::setImage);
        answer(reply, response.build());
    }

    @Override
    public void listImages(ListImagesRequest request, StreamObserver<ListImagesResponse> reply) {
        answer(
                reply,
                ListImagesResponse.newBuilder().addAllImages(images.values()).build());
    }

    @Override
    public void removeImage(RemoveImageRequest request, StreamObserver<RemoveImageResponse> reply) {
        images.remove(request.getImage().getImage());
        answer(reply, RemoveImageResponse.getDefaultInstance());
    }

    private static <T> void answer(StreamObserver<T> reply, T message) {
        reply.onNext(message);
        reply.onCompleted();
    }
}
