package io.carafe.cli.verb;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cli.text.Spinner;
import io.carafe.cri.v1.AuthConfig;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.PullImageRequest;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe pull}: an image from its registry. */
public final class PullCommand implements Verb {
    private static final Duration LONGEST = Duration.ofHours(1);

    @Override
    public String name() {
        return "pull";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Pulls an image and prints its id.",
                        "CRI tells no progress of a pull: on a terminal a spinner shows the time, elsewhere a line the start.");
        spec.addOption(Options.text("USER:PASSWORD", "Credentials for the registry.", "--creds"))
                .addOption(Options.flag("The id only, no progress.", "-q", "--quiet"))
                .addPositional(Options.operand("IMAGE", "Its name, with a tag or a digest."));
    }

    @Override
    public int run(ParseResult parsed, Session session) throws InterruptedException {
        var image = Options.first(parsed);
        var request =
                PullImageRequest.newBuilder().setImage(ImageSpec.newBuilder().setImage(image));
        credentials(Options.text(parsed, "--creds", "")).ifPresent(request::setAuth);
        session.console().out().println(pull(session, request.build(), Options.isSet(parsed, "-q")));
        return 0;
    }

    /** The id of the image. */
    static String pull(Session session, PullImageRequest request, boolean quiet) throws InterruptedException {
        if (quiet) {
            return session.client().images(LONGEST).pullImage(request).getImageRef();
        }
        return new Spinner(session.console())
                .during(
                        "pull " + request.getImage().getImage(),
                        () -> session.client()
                                .images(LONGEST)
                                .pullImage(request)
                                .getImageRef());
    }

    private static Optional<AuthConfig> credentials(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new CommandFault(ExitCode.USAGE, "--creds wants USER:PASSWORD; there is no ':' in it");
        }
        return Optional.of(AuthConfig.newBuilder()
                .setUsername(text.substring(0, colon))
                .setPassword(text.substring(colon + 1))
                .build());
    }
}
