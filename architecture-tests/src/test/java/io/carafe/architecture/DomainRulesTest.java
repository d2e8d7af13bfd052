package io.carafe.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The domain is arithmetic on values: no input or output, no clock, no thread. */
class DomainRulesTest {
    private static final List<String> PACKAGES = List.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.nio.charset",
            "java.time",
            "java.time.format",
            "java.time.temporal",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "org.jspecify.annotations");
    private static final Set<String> SINGLE =
            Set.of("java.nio.file.Path", "java.io.Serializable", "java.nio.ByteBuffer");
    private static final Set<String> EXCLUDED = Set.of(
            "java.lang.Thread",
            "java.lang.ProcessBuilder",
            "java.lang.Process",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.System",
            "java.util.Timer",
            "java.util.Random",
            "java.time.InstantSource");

    @Test
    void domainUsesOnlyWhatComputes() {
        assertThat(Codebase.CARAFE.main("domain").stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> !allowed(dependency)))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @Test
    void domainAsksNoClock() {
        assertThat(Codebase.CARAFE.main("domain").stream()
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isEquivalentTo(Clock.class)
                                || call.getName().equals("now")))
                .extracting(JavaAccess::getDescription)
                .isEmpty();
    }

    private static boolean allowed(Dependency dependency) {
        var target = dependency.getTargetClass().getBaseComponentType();
        return target.isPrimitive()
                || Codebase.CARAFE.moduleOf(target).filter("domain"::equals).isPresent()
                || SINGLE.contains(target.getName())
                || (PACKAGES.contains(target.getPackageName()) && !EXCLUDED.contains(target.getName()));
    }
}
