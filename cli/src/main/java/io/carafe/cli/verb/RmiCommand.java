package io.carafe.cli.verb;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cri.v1.Image;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.ImageStatusRequest;
import io.carafe.cri.v1.ListImagesRequest;
import io.carafe.cri.v1.RemoveImageRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe rmi}: removes images, each with all its tags, as CRI has it. */
public final class RmiCommand implements Verb {
    @Override
    public String name() {
        return "rmi";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Removes images.",
                        "By whatever tag or id: an image goes with all its tags, that is the rule of CRI.");
        spec.addPositional(Options.all("IMAGE", "Name, digest, id or the beginning of an id."));
    }

    @Override
    public int run(ParseResult parsed, Session session) {
        for (var word : Options.all(parsed, 0)) {
            var image = find(session, word);
            var spec = ImageSpec.newBuilder().setImage(image.getId());
            var _ = session.client()
                    .images()
                    .removeImage(RemoveImageRequest.newBuilder().setImage(spec).build());
            session.console().out().println(word);
        }
        return 0;
    }

    private static Image find(Session session, String word) {
        return lookUp(session, word)
                .orElseThrow(() ->
                        new CommandFault(ExitCode.NOT_FOUND, "no image is called '" + word + "'; see 'carafe images'"));
    }

    /** The image that a word means to the endpoint, or whose id begins so. */
    static Optional<Image> lookUp(Session session, String word) {
        var named = status(session, word);
        if (named.isPresent()) {
            return named;
        }
        List<Image> found =
                session.client().images().listImages(ListImagesRequest.getDefaultInstance()).getImagesList().stream()
                        .filter(image ->
                                image.getId().startsWith(word) || image.getId().startsWith("sha256:" + word))
                        .toList();
        if (found.size() > 1) {
            throw new CommandFault(
                    ExitCode.NOT_FOUND,
                    "the ids of " + found.size() + " images begin with '" + word + "'; give more of it");
        }
        return found.stream().findFirst();
    }

    private static Optional<Image> status(Session session, String word) {
        var request =
                ImageStatusRequest.newBuilder().setImage(ImageSpec.newBuilder().setImage(word));
        try {
            var status = session.client().images().imageStatus(request.build());
            return status.hasImage() ? Optional.of(status.getImage()) : Optional.empty();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
                return Optional.empty(); // what cannot be an image's name is none
            }
            throw e;
        }
    }
}
