package io.carafe.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.image.TestImages;
import io.carafe.cri.v1.AuthConfig;
import io.carafe.cri.v1.PullImageRequest;
import java.util.Base64;

/** Credentials that come with a pull. */
@Conformance
final class RegistryAuthConformance {
    @Claim(answers = {"PullImageRequest.auth", "AuthConfig.username", "AuthConfig.password"})
    void userAndPasswordOpenAGuardedRegistry(Bench bench) {
        pull(bench, AuthConfig.newBuilder().setUsername(TestImages.USER).setPassword(TestImages.PASSWORD));
    }

    @Claim(answers = {"AuthConfig.auth"})
    void userAndPasswordMayComeInBase64(Bench bench) {
        var both = TestImages.USER + ":" + TestImages.PASSWORD;
        pull(bench, AuthConfig.newBuilder().setAuth(Base64.getEncoder().encodeToString(both.getBytes(UTF_8))));
    }

    @Claim(answers = {"AuthConfig.server_address"})
    void credentialsForThisServerAreUsed(Bench bench) {
        pull(
                bench,
                AuthConfig.newBuilder()
                        .setUsername(TestImages.USER)
                        .setPassword(TestImages.PASSWORD)
                        .setServerAddress("http://" + guarded(bench).split("/", 2)[0]));
    }

    @Claim(answers = {"AuthConfig.server_address"})
    void credentialsForAnotherServerAreNotSent(Bench bench) {
        Refused.any(() -> pull(
                bench,
                AuthConfig.newBuilder()
                        .setUsername(TestImages.USER)
                        .setPassword(TestImages.PASSWORD)
                        .setServerAddress("https://registry.example.com")));
    }

    @Claim(answers = {"AuthConfig.password"})
    void wrongPasswordIsRefusedAndNotRepeatedInTheError(Bench bench) {
        var refusal = Refused.any(() ->
                pull(bench, AuthConfig.newBuilder().setUsername(TestImages.USER).setPassword("secret-but-wrong")));
        assertThat(refusal.getDescription()).doesNotContain("secret-but-wrong");
    }

    @Claim(answers = {"PullImageRequest.auth"})
    void withoutCredentialsAGuardedImageIsRefused(Bench bench) {
        var reference = guarded(bench);
        Refused.any(() -> bench.imageService().pullImage(Requests.pull(reference)));
    }

    /** Pulls what nobody has pulled before, or credentials might not be asked for. */
    private static void pull(Bench bench, AuthConfig.Builder auth) {
        var reference = guarded(bench);
        var id = bench.imageService()
                .pullImage(PullImageRequest.newBuilder()
                        .setImage(Requests.image(reference))
                        .setAuth(auth)
                        .build())
                .getImageRef();
        assertThat(id).isNotEmpty();
    }

    private static String guarded(Bench bench) {
        assumeTrue(bench.images().guarded(), "no registry with a password: --registry was given");
        var image = bench.images().named("guarded");
        var _ = bench.imageService().removeImage(Requests.removeImage(image.reference()));
        return image.reference();
    }
}
