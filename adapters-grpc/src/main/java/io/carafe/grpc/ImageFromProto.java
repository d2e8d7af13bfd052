package io.carafe.grpc;

import io.carafe.cri.v1.AuthConfig;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.ImageStatusRequest;
import io.carafe.cri.v1.ListImagesRequest;
import io.carafe.cri.v1.PullImageRequest;
import io.carafe.cri.v1.RemoveImageRequest;
import io.carafe.domain.image.ImageReference;
import io.carafe.ports.image.RegistryAuth;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the requests about images say, a method each. An image is named by reference or by id, so the name stays text; only a pull
 * must have a reference. Annotations of an ImageSpec are not read: the kubelet puts all of the pod's there, and CRI says that
 * annotations should not influence a runtime.
 */
public final class ImageFromProto {
    /** @param handler whose image is meant; empty for the default one */
    public record Named(String name, String handler) {}

    /** @param verbose asks for what helps in debugging */
    public record Query(Named image, boolean verbose) {}

    /** @param handler for which the image is pulled; empty for the default one */
    public record Pull(ImageReference reference, String handler, RegistryAuth auth) {}

    /** The image to list; its name is empty for all. */
    public Named list(ListImagesRequest request) {
        ImageSpec image = request.getFilter().getImage();
        refuse(image, Field.of("filter").dot("image"));
        return new Named(image.getImage(), image.getRuntimeHandler());
    }

    public Query status(ImageStatusRequest request) {
        return new Query(named(request.getImage()), request.getVerbose());
    }

    public Named remove(RemoveImageRequest request) {
        return named(request.getImage());
    }

    /** The sandbox's configuration that comes along is not read: an image is the same for all pods. */
    public Pull pull(PullImageRequest request) {
        Named image = named(request.getImage());
        return new Pull(ImageReference.parse(image.name()), image.handler(), auth(request.getAuth(), Field.of("auth")));
    }

    private static Named named(ImageSpec image) {
        Field field = Field.of("image");
        refuse(image, field);
        return new Named(field.dot("image").required(image.getImage()), image.getRuntimeHandler());
    }

    private static void refuse(ImageSpec image, Field field) {
        if (!image.getImageRef().isEmpty()) {
            throw field.dot("image_ref").unsupported("it is for image volumes, which are not there yet");
        }
    }

    private static RegistryAuth auth(AuthConfig proto, Field field) {
        String username = proto.getUsername();
        String password = proto.getPassword();
        if (username.isEmpty() && !proto.getAuth().isEmpty()) {
            String decoded = decode(proto.getAuth(), field.dot("auth"));
            int colon = decoded.indexOf(':');
            if (colon < 0) {
                throw field.dot("auth").invalid("is not base64 of USER:PASSWORD: it has no colon");
            }
            username = decoded.substring(0, colon);
            password = decoded.substring(colon + 1);
        }
        return new RegistryAuth(
                username,
                password,
                Field.optional(proto.getServerAddress()),
                Field.optional(proto.getIdentityToken()),
                Field.optional(proto.getRegistryToken()));
    }

    /** Never says what it read: it is a secret. Some clients fill up with zero bytes. */
    private static String decode(String text, Field field) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).replace("\0", "");
        } catch (IllegalArgumentException _) {
            throw field.invalid("is not base64");
        }
    }
}
