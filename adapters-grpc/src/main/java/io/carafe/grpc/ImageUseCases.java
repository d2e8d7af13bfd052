package io.carafe.grpc;

import io.carafe.application.image.Images;
import io.carafe.application.image.PullImage;
import io.carafe.application.image.RemoveImage;
import io.carafe.ports.image.Snapshotter;

/** What ImageService drives. */
public record ImageUseCases(PullImage pullImage, RemoveImage removeImage, Images images, Snapshotter snapshotter) {}
