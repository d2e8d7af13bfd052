package io.carafe.assembly.certify;

import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.tck.certify.Certificate;
import io.carafe.ports.tck.certify.Certification;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.HandlerProgram;
import io.carafe.ports.tck.runtime.StaticBusybox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code carafe-certify}. Exit status: 0 nothing failed, 1 something did, 2 the kit could not be run. */
public final class CarafeCertify {
    private static final int FAILED = 1;
    private static final int REFUSED = 2;

    private CarafeCertify() {}

    public static void main(String... arguments) throws IOException {
        System.exit(run(System.out, System.err, List.of(arguments)));
    }

    static int run(PrintStream out, PrintStream err, List<String> arguments) throws IOException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(CertifyOptions.USAGE.strip());
            return 0;
        }
        try {
            CertifyOptions options = CertifyOptions.parse(arguments);
            CandidateProviders candidates = CandidateProviders.of(options.jar());
            CertifiedSection section = CertifiedSection.choose(options, candidates);
            HandlerKit kit = kit(section, candidates);
            checkHost();
            out.println("Certifying [" + section.settings().section() + "], provider '"
                    + section.provider().name() + "' of "
                    + options.jar().map(Path::toString).orElse("the distribution"));
            Certificate certificate = Certification.run(kit, options.focus(), options.report(), out);
            out.println();
            out.println(certificate.text());
            return certificate.passed() ? 0 : FAILED;
        } catch (Refusal e) {
            err.println("carafe-certify: " + e.getMessage());
            return REFUSED;
        }
    }

    private static void checkHost() throws IOException, Refusal {
        if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            throw new Refusal("the kit makes namespaces, mounts and cgroups, so it must be run as root");
        }
        if (StaticBusybox.find().isEmpty()) {
            throw new Refusal(
                    "there is no static busybox in /bin or /usr/bin, of which the kit makes its containers' root"
                            + " file system: install it (Debian: busybox-static)");
        }
    }

    /** The handler is held to its own word on what it lacks. */
    private static HandlerKit kit(CertifiedSection section, CandidateProviders candidates) throws IOException, Refusal {
        RuntimeHandlerProvider provider = section.provider().service();
        String name = section.provider().name();
        Map<String, String> values = section.settings().options().values();
        Map<RuntimeFeature, String> missing;
        try {
            missing = Certification.missingFeatures(provider, values);
        } catch (RuntimeException | LinkageError e) {
            // most often a library that the JAR should have brought
            throw new Refusal("provider '" + name + "' cannot make a handler: " + e);
        }
        return new HandlerKit(
                provider,
                values,
                missing,
                new HandlerProgram(CandidateHandler.class, CandidateHandler.arguments(name, candidates.adapters())));
    }
}
