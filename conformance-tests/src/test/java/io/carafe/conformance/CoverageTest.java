package io.carafe.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.carafe.conformance.bench.Claim;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Every behaviour of the official suite, and every field of the calls that Carafe implements, is answered by a claim or stands in
 * {@code unanswered.txt} with a reason. Calls are added here when they are implemented.
 */
final class CoverageTest {
    private static final Set<String> IMPLEMENTED = Set.of(
            "Version",
            "Status",
            "RuntimeConfig",
            "UpdateRuntimeConfig",
            "RunPodSandbox",
            "StopPodSandbox",
            "RemovePodSandbox",
            "PodSandboxStatus",
            "ListPodSandbox",
            "CreateContainer",
            "StartContainer",
            "StopContainer",
            "RemoveContainer",
            "ListContainers",
            "ContainerStatus",
            "ExecSync",
            "Exec",
            "Attach",
            "PortForward",
            "ReopenContainerLog",
            "ContainerStats",
            "ListContainerStats",
            "PodSandboxStats",
            "ListPodSandboxStats",
            "ListImages",
            "ImageStatus",
            "PullImage",
            "RemoveImage",
            "ImageFsInfo");

    private record Found(String claim, List<String> answers) {}

    @Test
    void everyClaimAnswersSomethingThatExists() throws IOException {
        var known = toAnswer();
        known.addAll(CriFields.calls());
        assertThat(claims())
                .allSatisfy(claim -> assertThat(claim.answers())
                        .as(claim.claim())
                        .isNotEmpty()
                        .allSatisfy(answer -> assertThat(known).contains(answer)));
    }

    @Test
    void whatNoClaimAnswersIsListedWithAReason() throws IOException {
        var open = toAnswer();
        claims().forEach(claim -> claim.answers().forEach(open::remove));
        assertThat(unanswered().keySet())
                .as("unanswered.txt is what no claim answers, no more and no less")
                .isEqualTo(open);
        assertThat(unanswered())
                .allSatisfy((what, reason) -> assertThat(reason).as(what).isNotBlank());
    }

    @Test
    void callsNamedHereAreCallsOfTheProto() {
        assertThat(CriFields.calls()).hasSize(43).containsAll(IMPLEMENTED);
    }

    @Test
    void thereAreManyClaims() {
        assertThat(claims()).hasSizeGreaterThan(200).extracting(Found::claim).doesNotHaveDuplicates();
    }

    private static Set<String> toAnswer() throws IOException {
        var all = new TreeSet<>(lines("behaviours.txt"));
        all.addAll(CriFields.of(IMPLEMENTED));
        return all;
    }

    private static Map<String, String> unanswered() throws IOException {
        var reasons = new TreeMap<String, String>();
        for (var line : lines("unanswered.txt")) {
            var parts = line.split(" -- ", 2);
            for (var what : parts[0].split(", ")) {
                reasons.put(what.strip(), parts.length == 2 ? parts[1] : "");
            }
        }
        return reasons;
    }

    private static List<String> lines(String resource) throws IOException {
        var in = Objects.requireNonNull(CoverageTest.class.getResourceAsStream(resource), resource);
        try (var reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static List<Found> claims() {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("io.carafe.conformance"))
                .filters(includeClassNamePatterns(".*Conformance"))
                .build();
        var plan = LauncherFactory.create().discover(request);
        var found = new ArrayList<Found>();
        for (var root : plan.getRoots()) {
            for (var test : plan.getDescendants(root)) {
                test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(MethodSource.class::cast)
                        .ifPresent(source -> AnnotationSupport.findAnnotation(source.getJavaMethod(), Claim.class)
                                .ifPresent(claim -> found.add(new Found(
                                        source.getClassName() + "." + source.getMethodName(),
                                        List.of(claim.answers())))));
            }
        }
        return found;
    }
}
