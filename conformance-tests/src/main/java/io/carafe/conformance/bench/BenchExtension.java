package io.carafe.conformance.bench;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Gives every claim a {@link Bench} of its own on the run's one endpoint; JUnit's stores close both. Skips what the handler of the run
 * says it cannot do: a claim that needs it, and one that is refused with the very reason that the handler has published.
 */
final class BenchExtension implements ParameterResolver, ExecutionCondition, TestExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(BenchExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var only = context.getTestClass()
                .flatMap(area -> AnnotationSupport.findAnnotation(area, Conformance.class))
                .map(Conformance::only)
                .orElse("");
        if (!only.isEmpty() && !only.equals(endpoint(context).runtimeName())) {
            return ConditionEvaluationResult.disabled("rules of " + only + "'s own; this endpoint is "
                    + endpoint(context).runtimeName());
        }
        return context.getTestMethod()
                .flatMap(claim -> AnnotationSupport.findAnnotation(claim, Claim.class))
                .map(Claim::needs)
                .flatMap(feature -> endpoint(context).features().whyMissing(feature))
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("nothing it needs is missing"));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        if (thrown instanceof StatusRuntimeException refused
                && refused.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
            String words = String.valueOf(refused.getStatus().getDescription());
            var cited = endpoint(context).features().citedBy(words);
            if (cited.isPresent()) {
                throw new TestAbortedException(cited.get(), refused);
            }
        }
        throw thrown;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Bench.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Bench.class, _ -> new Bench(endpoint(context)), Bench.class);
    }

    private static Endpoint endpoint(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Endpoint.class,
                        _ -> Endpoint.open(Settings.from(context::getConfigurationParameter)),
                        Endpoint.class);
    }
}
