package io.carafe.conformance.bench;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives every claim a {@link Bench} of its own on the run's one endpoint; JUnit's stores close both. */
final class BenchExtension implements ParameterResolver, ExecutionCondition {
    private static final Namespace NAMESPACE = Namespace.create(BenchExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var only = context.getTestClass()
                .flatMap(area -> AnnotationSupport.findAnnotation(area, Conformance.class))
                .map(Conformance::only)
                .orElse("");
        if (only.isEmpty() || only.equals(endpoint(context).runtimeName())) {
            return ConditionEvaluationResult.enabled("every runtime");
        }
        return ConditionEvaluationResult.disabled("rules of " + only + "'s own; this endpoint is "
                + endpoint(context).runtimeName());
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
