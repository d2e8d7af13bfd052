package io.carafe.conformance.run;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.carafe.conformance.bench.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the claims against one endpoint. */
final class Suite {
    private Suite() {}

    /** {@code focus} is searched in "Area: claim"; an empty pattern takes all. */
    static List<Outcome> run(Settings settings, Pattern focus, PrintStream progress) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("io.carafe.conformance"))
                .filters(includeClassNamePatterns(".*Conformance"), (PostDiscoveryFilter) test -> matches(focus, test))
                .configurationParameters(settings.parameters())
                .configurationParameter(
                        "junit.jupiter.testmethod.order.default", "org.junit.jupiter.api.MethodOrderer$DisplayName")
                .configurationParameter(
                        "junit.jupiter.testclass.order.default", "org.junit.jupiter.api.ClassOrderer$DisplayName")
                .build();
        var launcher = LauncherFactory.create();
        var outcomes = new Outcomes(progress, launcher.discover(request));
        launcher.execute(request, outcomes);
        return outcomes.all();
    }

    private static FilterResult matches(Pattern focus, TestDescriptor test) {
        if (!test.isTest()) {
            return FilterResult.included("not a claim");
        }
        var area = test.getParent().map(TestDescriptor::getDisplayName).orElse("");
        return FilterResult.includedIf(
                focus.matcher(area + ": " + test.getDisplayName()).find());
    }
}
