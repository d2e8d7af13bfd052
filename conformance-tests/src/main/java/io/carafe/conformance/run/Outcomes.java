package io.carafe.conformance.run;

import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.run.Outcome.Verdict;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.opentest4j.TestAbortedException;

/** Collects the outcome of each claim while the suite runs, and says each on a line as it comes. */
final class Outcomes implements TestExecutionListener {
    private final List<Outcome> all = new ArrayList<>();
    private final Map<String, Long> startedAt = new ConcurrentHashMap<>();
    private final PrintStream progress;
    private TestPlan plan;

    Outcomes(PrintStream progress, TestPlan plan) {
        this.progress = progress;
        this.plan = plan;
    }

    List<Outcome> all() {
        return List.copyOf(all);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionStarted(TestIdentifier id) {
        startedAt.put(id.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier id, String reason) {
        if (id.isTest()) {
            add(id, new Verdict.Skipped(reason));
        }
        for (var child : plan.getChildren(id)) {
            executionSkipped(child, reason);
        }
    }

    @Override
    public void executionFinished(TestIdentifier id, TestExecutionResult result) {
        var cause = result.getThrowable();
        if (id.isTest()) {
            add(
                    id,
                    switch (result.getStatus()) {
                        case SUCCESSFUL -> new Verdict.Passed();
                        case ABORTED ->
                            new Verdict.Skipped(cause.map(Outcomes::reason).orElse("aborted"));
                        case FAILED -> failed(id, cause.orElseGet(() -> new AssertionError("no cause given")));
                    });
        } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            add(id, failed(id, cause.orElseGet(() -> new AssertionError("no cause given"))));
        }
    }

    private void add(TestIdentifier id, Verdict verdict) {
        long nanos = System.nanoTime() - startedAt.getOrDefault(id.getUniqueId(), System.nanoTime());
        var parent = plan.getParent(id);
        var area = id.isTest() ? parent.map(TestIdentifier::getDisplayName).orElse("?") : "set-up";
        var suite = id.getSource()
                .map(source -> switch (source) {
                    case MethodSource method -> method.getClassName();
                    case ClassSource type -> type.getClassName();
                    default -> "?";
                })
                .orElse("?");
        var outcome = new Outcome(area, suite, id.getDisplayName(), Duration.ofNanos(nanos), verdict);
        all.add(outcome);
        var word = switch (verdict) {
            case Verdict.Passed _ -> "ok  ";
            case Verdict.Failed _ -> "FAIL";
            case Verdict.Skipped _ -> "skip";
        };
        progress.printf("%s %6.2f s  %s: %s%n", word, nanos / 1e9, area, id.getDisplayName());
    }

    private static Verdict failed(TestIdentifier id, Throwable cause) {
        var trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        var quote = id.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .flatMap(source -> AnnotationSupport.findAnnotation(source.getJavaMethod(), Claim.class))
                .map(Claim::quote)
                .orElse("");
        return new Verdict.Failed(String.valueOf(cause).strip(), trace.toString(), quote);
    }

    private static String reason(Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        return cause instanceof TestAbortedException ? message.replaceFirst("^Assumption failed: ", "") : message;
    }
}
