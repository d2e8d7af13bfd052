package io.carafe.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. Maven's scopes stop most of it; these stop what comes in transitively or by a new line in a pom. */
class DependencyRulesTest {
    private static final Set<String> DRIVEN = Set.of("domain", "ports", "support-linux", "support-oci");

    /** The table of ARCHITECTURE: modules of ours that a module's shipped classes may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("domain", Set.of()),
            Map.entry("ports", Set.of("domain")),
            Map.entry("ports-tck", Set.of("domain", "ports", "support-linux")),
            Map.entry("application", Set.of("domain", "ports")),
            Map.entry("cri-api", Set.of()),
            Map.entry("support-linux", Set.of("domain")),
            Map.entry("support-oci", Set.of("domain", "support-linux")),
            Map.entry("adapters-grpc", Set.of("domain", "ports", "application", "cri-api")),
            Map.entry("adapters-streaming", Set.of("domain", "ports", "application")),
            Map.entry("adapters-runc", DRIVEN),
            Map.entry("adapters-gvisor", DRIVEN),
            Map.entry("adapters-kata", DRIVEN),
            Map.entry("adapters-registry", DRIVEN),
            Map.entry("adapters-storage", DRIVEN),
            Map.entry("adapters-cni", DRIVEN),
            Map.entry("adapters-linux", Set.of("domain", "ports", "support-linux")),
            Map.entry("cli", Set.of("cri-api", "support-linux")),
            Map.entry("conformance-tests", Set.of("cri-api")),
            Map.entry(
                    "assembly",
                    Set.of(
                            "domain",
                            "ports",
                            "ports-tck",
                            "application",
                            "adapters-grpc",
                            "adapters-streaming",
                            "support-linux")),
            Map.entry("architecture-tests", Set.of()));

    /** Libraries, and the only modules that may name them. */
    private static final Map<String, Set<String>> ONLY_IN = Map.of(
            "io.grpc.", Set.of("cri-api", "adapters-grpc", "cli", "conformance-tests"),
            "io.netty.", Set.of("adapters-grpc", "adapters-streaming", "cli", "conformance-tests"),
            "com.google.protobuf.",
                    Set.of("cri-api", "adapters-grpc", "adapters-kata", "support-oci", "cli", "conformance-tests"),
            "dagger.", Set.of("assembly"),
            "jakarta.inject.", Set.of("assembly"),
            "javax.inject.", Set.of("assembly"),
            "picocli.", Set.of("cli"),
            "jnr.", Set.of("support-linux"),
            "com.kenai.jffi.", Set.of("support-linux"),
            "org.tomlj.", Set.of("assembly", "adapters-registry"));

    static List<String> modules() {
        return Codebase.CARAFE.modules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void moduleUsesOnlyModulesOfItsRow(String module) {
        Set<String> allowed = MAY_USE.getOrDefault(module, Set.of());
        assertThat(dependencies(module)
                        .filter(dependency -> Codebase.CARAFE
                                .moduleOf(dependency.getTargetClass().getBaseComponentType())
                                .filter(other -> !other.equals(module) && !allowed.contains(other))
                                .isPresent()))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    /** What the application answers has values of ports in it; its roles are for the application to play with. */
    @Test
    void drivingAdaptersSeeValuesOfPortsAndNoRoles() {
        assertThat(Stream.of("adapters-grpc", "adapters-streaming")
                        .flatMap(DependencyRulesTest::dependencies)
                        .filter(dependency -> isOfPorts(dependency.getTargetClass()))
                        .filter(dependency -> dependency.getTargetClass().isInterface()
                                && !dependency.getTargetClass().reflect().isSealed()))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void moduleNamesOnlyItsLibraries(String module) {
        List<String> foreign = ONLY_IN.entrySet().stream()
                .filter(library -> !library.getValue().contains(module))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(dependencies(module).filter(dependency -> foreign.stream().anyMatch(nameOf(dependency)::startsWith)))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @Test
    void jacksonIsKnownToAdaptersLibrariesAndClientsOnly() {
        assertThat(Codebase.CARAFE.modules().stream()
                        .filter(module -> !module.startsWith("adapters-") && !module.startsWith("support-"))
                        .filter(module -> !Set.of("cli", "conformance-tests").contains(module))
                        .flatMap(DependencyRulesTest::dependencies)
                        .filter(dependency -> nameOf(dependency).startsWith("com.fasterxml.jackson.")))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @Test
    void processesAreStartedByLibrariesAndCniOnly() {
        Set<String> mayStart = Set.of("support-oci", "support-linux", "adapters-cni", "ports-tck", "conformance-tests");
        assertThat(Codebase.CARAFE.modules().stream()
                        .filter(module -> !mayStart.contains(module))
                        .flatMap(DependencyRulesTest::dependencies)
                        .filter(dependency -> nameOf(dependency).equals(ProcessBuilder.class.getName())))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @Test
    void onlyNullnessAndTheJdkAreKnownInside() {
        assertThat(Stream.of("domain", "ports", "application")
                        .flatMap(DependencyRulesTest::dependencies)
                        .filter(dependency -> !nameOf(dependency).startsWith("java."))
                        .filter(dependency -> !nameOf(dependency).startsWith("org.jspecify."))
                        .filter(dependency -> !nameOf(dependency).startsWith("com.google.errorprone.annotations."))
                        .filter(dependency -> !nameOf(dependency).startsWith("io.carafe."))
                        .filter(dependency -> !dependency
                                .getTargetClass()
                                .getBaseComponentType()
                                .isPrimitive()))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @Test
    void supportImplementsNoPort() {
        assertThat(Stream.of("support-oci", "support-linux")
                        .flatMap(module -> Codebase.CARAFE.main(module).stream())
                        .filter(type -> type.getAllRawInterfaces().stream().anyMatch(DependencyRulesTest::isOfPorts)))
                .isEmpty();
    }

    /** It is not on the daemon's class path. */
    @Test
    void kitIsKnownToItsProgramOnly() {
        assertThat(dependencies("assembly")
                        .filter(dependency -> Codebase.CARAFE
                                .moduleOf(dependency.getTargetClass().getBaseComponentType())
                                .filter("ports-tck"::equals)
                                .isPresent())
                        .filter(dependency ->
                                !dependency.getOriginClass().getPackageName().equals("io.carafe.assembly.certify")))
                .extracting(Dependency::getDescription)
                .isEmpty();
    }

    @Test
    void packagesAreFreeOfCycles() {
        SlicesRuleDefinition.slices()
                .matching("io.carafe.(**)")
                .should()
                .beFreeOfCycles()
                .check(Codebase.CARAFE.everything().that(new com.tngtech.archunit.base.DescribedPredicate<>("shipped") {
                    @Override
                    public boolean test(JavaClass type) {
                        return Codebase.CARAFE.moduleOf(type).isPresent();
                    }
                }));
    }

    private static boolean isOfPorts(JavaClass type) {
        return Codebase.CARAFE.moduleOf(type).filter("ports"::equals).isPresent();
    }

    private static Stream<Dependency> dependencies(String module) {
        return Codebase.CARAFE.main(module).stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static String nameOf(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getName();
    }
}
