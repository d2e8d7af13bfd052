package io.carafe.grpc;

import io.carafe.application.handler.Handlers;
import io.carafe.application.image.ImageFsInfo;
import io.carafe.application.image.Images;
import io.carafe.application.image.PinnedImages;
import io.carafe.application.image.PullImage;
import io.carafe.application.image.RemoveImage;

/** What ImageService drives. */
public record ImageUseCases(
        PullImage pullImage,
        RemoveImage removeImage,
        Images images,
        PinnedImages pinned,
        ImageFsInfo imageFsInfo,
        Handlers handlers) {}
