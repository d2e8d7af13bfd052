package io.carafe.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.carafe.domain.fault.Fault;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ports are contracts; whoever implements one is found as a provider and judged by its kit. */
class PortRulesTest {
    /** Interfaces that the application implements for adapters, and what Execs hands out, which its kit judges with it. */
    private static final Set<String> NO_KIT_OF_THEIR_OWN =
            Set.of("ExitSink", "Tasks", "OutputBudget", "AttachedStreams", "ExecSession", "ByteStream");

    @Test
    void portsAreInterfacesRecordsEnumsAndSealedTypes() {
        assertThat(Codebase.CARAFE.main("ports").stream()
                        .filter(type -> !type.isInterface() && !type.isRecord() && !type.isEnum())
                        .filter(type -> !type.isAnonymousClass()
                                && !type.getSimpleName().equals("package-info"))
                        .filter(type -> type.getEnclosingClass()
                                .filter(JavaClass::isEnum)
                                .isEmpty()))
                .isEmpty();
    }

    @Test
    void onlyFaultsAndInterruptsLeaveAPort() {
        assertThat(Codebase.CARAFE.main("ports").stream()
                        .filter(JavaClass::isInterface)
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getThrowsClause().getTypes().stream()
                                .anyMatch(thrown -> !thrown.isAssignableTo(Fault.class)
                                        && !thrown.isEquivalentTo(InterruptedException.class)))
                        // a stream is closed as the JDK's streams are
                        .filter(method -> !method.getOwner().isAssignableTo(java.io.Closeable.class)))
                .isEmpty();
    }

    @Test
    void providersArePublicFinalFoundByServiceLoaderAndAlone() {
        assertThat(providers()).as("providers").hasSizeGreaterThan(5);
        var wrong = new TreeMap<String, String>();
        for (JavaClass provider : providers().toList()) {
            List<JavaConstructor> constructors = List.copyOf(provider.getConstructors());
            if (!provider.getModifiers().containsAll(Set.of(JavaModifier.PUBLIC, JavaModifier.FINAL))) {
                wrong.put(provider.getName(), "is not public final");
            }
            if (!provider.isAnnotatedWith("com.google.auto.service.AutoService")) {
                wrong.put(provider.getName(), "has no @AutoService");
            }
            if (constructors.stream()
                    .noneMatch(constructor -> constructor.getParameters().isEmpty()
                            && constructor.getModifiers().contains(JavaModifier.PUBLIC))) {
                wrong.put(provider.getName(), "has no public constructor without arguments");
            }
            provider.getPackage().getClasses().stream()
                    .filter(type ->
                            type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                    .filter(type -> Codebase.CARAFE.moduleOf(type).isPresent()
                            && !providers().toList().contains(type))
                    .forEach(type -> wrong.put(type.getName(), "is public beside " + provider.getSimpleName()));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPortHasItsKit() {
        Set<String> kits = Set.copyOf(Codebase.CARAFE.main("ports-tck").stream()
                .map(JavaClass::getSimpleName)
                .toList());
        assertThat(ports().map(JavaClass::getSimpleName).filter(port -> !kits.contains(port + "Tck")))
                .isEmpty();
    }

    @Test
    void everyImplementationOfAPortIsJudgedByItsKit() {
        var unjudged = new TreeMap<String, String>();
        for (String module : Codebase.CARAFE.modules()) {
            if (module.startsWith("adapters-") || module.equals("ports-tck")) {
                Codebase.CARAFE
                        .main(module)
                        .forEach(type -> ports().filter(
                                        port -> type.isAssignableTo(port.getName()) && !type.isInterface())
                                .filter(port -> !isJudged(module, port))
                                .forEach(port -> unjudged.put(
                                        type.getName(), "no test extends " + port.getSimpleName() + "Tck")));
            }
        }
        assertThat(unjudged).isEmpty();
    }

    /** Interfaces that adapters implement. */
    private static Stream<JavaClass> ports() {
        return Codebase.CARAFE.main("ports").stream()
                .filter(type -> type.isInterface() && type.isTopLevelClass())
                .filter(type -> !type.getSimpleName().endsWith("Provider"))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(type -> !NO_KIT_OF_THEIR_OWN.contains(type.getSimpleName()))
                .filter(type -> !type.reflect().isSealed() && !type.isAnnotation());
    }

    private static boolean isJudged(String module, JavaClass port) {
        return Codebase.CARAFE.tests(module).stream()
                .anyMatch(test -> test.getAllRawSuperclasses().stream()
                        .anyMatch(kit -> kit.getSimpleName().equals(port.getSimpleName() + "Tck")));
    }

    private static Stream<JavaClass> providers() {
        return Codebase.CARAFE
                .written()
                .filter(type -> !type.isInterface())
                .filter(type -> Codebase.CARAFE
                        .moduleOf(type)
                        .filter(m -> m.startsWith("adapters-"))
                        .isPresent())
                .filter(type -> type.getAllRawInterfaces().stream()
                        .anyMatch(port -> Codebase.CARAFE
                                        .moduleOf(port)
                                        .filter("ports"::equals)
                                        .isPresent()
                                && port.getSimpleName().endsWith("Provider")));
    }
}
