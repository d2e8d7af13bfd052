package io.carafe.ports.tck.certify;

import io.carafe.ports.tck.certify.Claim.Verdict;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes down how each claim came out, and says so of each kit that has ended. */
final class ClaimListener implements TestExecutionListener {
    private final List<Claim> all = new ArrayList<>();
    private final PrintStream progress;
    private Optional<TestPlan> plan = Optional.empty();

    ClaimListener(PrintStream progress) {
        this.progress = progress;
    }

    List<Claim> all() {
        return List.copyOf(all);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = Optional.of(started);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, new Verdict.Skipped(reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Throwable thrown = result.getThrowable().orElse(null);
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    add(test, new Verdict.Passed());
                }
            }
            case ABORTED -> add(test, new Verdict.Skipped(skipReason(thrown)));
            case FAILED -> add(test, new Verdict.Failed(words(thrown)));
        }
        if (isKit(test)) {
            progress.println("  " + test.getDisplayName() + ": " + Counts.of(all, test.getDisplayName()));
        }
    }

    private void add(TestIdentifier test, Verdict verdict) {
        all.add(new Claim(group(test), name(test), verdict));
    }

    private String group(TestIdentifier test) {
        return isKit(test)
                ? test.getDisplayName()
                : parent(test).map(this::group).orElse(test.getDisplayName());
    }

    /** An invocation of a claim with parameters follows the claim. */
    private String name(TestIdentifier test) {
        return parent(test)
                .filter(parent -> !isKit(test) && !isKit(parent))
                .map(parent -> name(parent) + " " + test.getDisplayName())
                .orElse(test.getDisplayName());
    }

    private Optional<TestIdentifier> parent(TestIdentifier test) {
        return plan.flatMap(known -> known.getParent(test));
    }

    private static boolean isKit(TestIdentifier test) {
        return test.getSource().filter(ClassSource.class::isInstance).isPresent();
    }

    private static String skipReason(@Nullable Throwable thrown) {
        String message = thrown == null ? "" : String.valueOf(thrown.getMessage());
        return message.replaceFirst("^Assumption failed: ", "");
    }

    /** What was expected, and where in the kit; the whole of it is in the XML. */
    private static String words(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        return Stream.concat(
                        Stream.of(thrown.toString().strip()),
                        Arrays.stream(thrown.getStackTrace())
                                .filter(frame -> frame.getClassName().endsWith("Tck")
                                        || frame.getClassName().endsWith("HandlerHarness"))
                                .map(frame -> "  at " + frame))
                .collect(Collectors.joining("\n"));
    }
}
