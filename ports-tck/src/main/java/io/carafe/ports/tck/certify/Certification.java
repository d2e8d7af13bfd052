package io.carafe.ports.tck.certify;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.tck.TckContexts;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.RecordedExits;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/** Runs all kits of a handler, one claim after the other. */
public final class Certification {
    private static final List<Class<?>> KITS = List.of(
            Group.Handler.class,
            Group.Sandboxes.class,
            Group.Containers.class,
            Group.Streams.class,
            Group.Execs.class,
            Group.PodFeatures.class,
            Group.ContainerFeatures.class,
            Group.Deaths.class);

    private static final String TIMEOUT = "junit.jupiter.execution.timeout.default";

    private Certification() {}

    /**
     * Takes a minute or two, and a claim that does not end fails after five; the system property {@value #TIMEOUT} has another bound,
     * in JUnit's words, for the debugger. Needs root, cgroups and what {@link io.carafe.ports.tck.runtime.StaticBusybox} finds.
     *
     * @param focus only claims where it is found in "Group: claim"
     * @param report where JUnit XML goes; is made
     * @param progress a line for each kit that has ended
     */
    public static Certificate run(HandlerKit kit, Pattern focus, Optional<Path> report, PrintStream progress) {
        var claims = new ClaimListener(progress);
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(KITS.stream().map(type -> selectClass(type)).toList())
                .filters((PostDiscoveryFilter) test -> inFocus(focus, test))
                .configurationParameter("junit.jupiter.displayname.generator.default", ClaimNames.class.getName())
                .configurationParameter(TIMEOUT, System.getProperty(TIMEOUT, "5 m"))
                // a handler that waits for a process need not heed an interrupt
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        try (var session = LauncherFactory.openSession(config)) {
            CertifiedHandler.set(session, kit);
            if (report.isPresent()) {
                var xml = new LegacyXmlReportGeneratingListener(
                        report.get(), new PrintWriter(progress, true, StandardCharsets.UTF_8));
                session.getLauncher().execute(request, claims, xml);
            } else {
                session.getLauncher().execute(request, claims);
            }
        }
        return new Certificate(claims.all(), kit.missing());
    }

    /** What a handler says that it lacks; it is made for the question, in a directory that is removed again. */
    public static Map<RuntimeFeature, String> missingFeatures(
            RuntimeHandlerProvider provider, Map<String, String> options) throws IOException {
        Path directory = Files.createTempDirectory("tck");
        try {
            return provider.create(new HandlerContext(
                            "tck", TckContexts.in(directory, options), CgroupDriver.CGROUPFS, new RecordedExits()))
                    .missingFeatures();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static FilterResult inFocus(Pattern focus, TestDescriptor test) {
        if (test.isContainer() && !test.mayRegisterTests()) {
            return FilterResult.included("a kit");
        }
        String group = test.getParent().map(TestDescriptor::getDisplayName).orElse("");
        return FilterResult.includedIf(
                focus.matcher(group + ": " + test.getDisplayName()).find());
    }
}
