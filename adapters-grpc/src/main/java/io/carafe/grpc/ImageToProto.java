package io.carafe.grpc;

import io.carafe.application.image.PinnedImages;
import io.carafe.cri.v1.FilesystemIdentifier;
import io.carafe.cri.v1.FilesystemUsage;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.Int64Value;
import io.carafe.cri.v1.UInt64Value;
import io.carafe.domain.image.Image;

/** Images in CRI's words. */
public final class ImageToProto {
    private ImageToProto() {}

    /** @param pins what the configuration says now; the recorded flag is of the time of the pull */
    public static io.carafe.cri.v1.Image image(Image image, PinnedImages pins) {
        io.carafe.cri.v1.Image.Builder proto = io.carafe.cri.v1.Image.newBuilder()
                .setId(image.id().toString())
                .addAllRepoTags(image.repoTags())
                .addAllRepoDigests(image.repoDigests())
                .setSize(image.size().value())
                .setSpec(ImageSpec.newBuilder().setImage(image.id().toString()))
                .setPinned(pins.contains(image));
        addUser(proto, image.config().user());
        return proto.build();
    }

    /** For ImageFsInfo and a container's writable layer. */
    public static FilesystemUsage filesystem(io.carafe.domain.resource.FilesystemUsage usage) {
        return FilesystemUsage.newBuilder()
                .setTimestamp(Timestamps.nanos(usage.at()))
                .setFsId(FilesystemIdentifier.newBuilder()
                        .setMountpoint(usage.mountpoint().toString()))
                .setUsedBytes(UInt64Value.newBuilder().setValue(usage.used().value()))
                .setInodesUsed(UInt64Value.newBuilder().setValue(usage.inodesUsed()))
                .build();
    }

    /** The user alone, without the group: a number or a name, never both. The kubelet checks runAsNonRoot by it. */
    private static void addUser(io.carafe.cri.v1.Image.Builder proto, String imageUser) {
        int colon = imageUser.indexOf(':');
        String user = colon < 0 ? imageUser : imageUser.substring(0, colon);
        if (user.matches("[0-9]{1,18}")) {
            proto.setUid(Int64Value.newBuilder().setValue(Long.parseLong(user)));
        } else {
            proto.setUsername(user);
        }
    }
}
