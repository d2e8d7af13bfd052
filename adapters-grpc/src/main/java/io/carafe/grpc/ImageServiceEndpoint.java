package io.carafe.grpc;

import io.carafe.cri.v1.*;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;

/** CRI v1 ImageService: each method translates, calls its use case and translates back. */
public final class ImageServiceEndpoint extends ImageServiceGrpc.ImageServiceImplBase {
    private final ImageUseCases use;
    private final ImageFromProto images = new ImageFromProto();

    public ImageServiceEndpoint(ImageUseCases use) {
        this.use = use;
    }

    @Override
    public void listImages(ListImagesRequest request, StreamObserver<ListImagesResponse> observer) {
        Unary.answer(observer, () -> {
            var response = ListImagesResponse.newBuilder();
            var named = known(images.list(request));
            var found = named.name().isEmpty()
                    ? use.images().all()
                    : use.images().find(named.name()).stream().toList();
            found.stream()
                    .sorted(Comparator.comparing(image -> image.id().digest().value()))
                    .forEach(image -> response.addImages(ImageToProto.image(image, use.pinned())));
            return response.build();
        });
    }

    @Override
    public void imageStatus(ImageStatusRequest request, StreamObserver<ImageStatusResponse> observer) {
        Unary.answer(observer, () -> {
            var response = ImageStatusResponse.newBuilder();
            var query = images.status(request);
            use.images().find(known(query.image()).name()).ifPresent(image -> {
                response.setImage(ImageToProto.image(image, use.pinned()));
                if (query.verbose()) {
                    response.putInfo("info", Verbose.of(image));
                }
            });
            return response.build();
        });
    }

    @Override
    public void pullImage(PullImageRequest request, StreamObserver<PullImageResponse> observer) {
        Unary.answer(observer, () -> {
            var wanted = images.pull(request);
            requireHandler(wanted.handler());
            var id = use.pullImage().pull(wanted.reference(), wanted.auth());
            return PullImageResponse.newBuilder().setImageRef(id.toString()).build();
        });
    }

    @Override
    public void removeImage(RemoveImageRequest request, StreamObserver<RemoveImageResponse> observer) {
        Unary.answer(observer, () -> {
            use.removeImage().remove(known(images.remove(request)).name());
            return RemoveImageResponse.getDefaultInstance();
        });
    }

    @Override
    public void imageFsInfo(ImageFsInfoRequest request, StreamObserver<ImageFsInfoResponse> observer) {
        Unary.answer(
                observer,
                () -> ImageFsInfoResponse.newBuilder()
                        .addImageFilesystems(
                                ImageToProto.filesystem(use.imageFsInfo().images()))
                        .addContainerFilesystems(
                                ImageToProto.filesystem(use.imageFsInfo().containers()))
                        .build());
    }

    private ImageFromProto.Named known(ImageFromProto.Named image) {
        requireHandler(image.handler());
        return image;
    }

    /** ImageSpec.runtime_handler: an image is the same for all handlers, but CRI wants an unknown one rejected. */
    private void requireHandler(String name) {
        if (!name.isEmpty()) {
            use.handlers().bindingFor(name);
        }
    }
}
