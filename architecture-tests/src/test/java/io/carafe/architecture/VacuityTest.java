package io.carafe.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** No rule may pass because it looked at nothing. */
class VacuityTest {
    /** Shipped classes that a module has at least; a new module needs its line. */
    private static final Map<String, Integer> LEAST = Map.ofEntries(
            Map.entry("domain", 60),
            Map.entry("ports", 40),
            Map.entry("ports-tck", 10),
            Map.entry("application", 20),
            Map.entry("cri-api", 300),
            Map.entry("support-linux", 30),
            Map.entry("support-oci", 10),
            Map.entry("adapters-grpc", 8),
            Map.entry("adapters-streaming", 20),
            Map.entry("adapters-runc", 8),
            Map.entry("adapters-gvisor", 2),
            Map.entry("adapters-kata", 2),
            Map.entry("adapters-registry", 15),
            Map.entry("adapters-storage", 15),
            Map.entry("adapters-cni", 10),
            Map.entry("adapters-linux", 8),
            Map.entry("cli", 15),
            Map.entry("assembly", 30),
            Map.entry("architecture-tests", 0),
            Map.entry("conformance-tests", 20));

    @Test
    void everyModuleOfTheReactorIsLookedAt() {
        Map<String, Integer> tooFew = new TreeMap<>();
        for (String module : Codebase.CARAFE.modules()) {
            int found = Codebase.CARAFE.main(module).size();
            if (found < LEAST.getOrDefault(module, Integer.MAX_VALUE)) {
                tooFew.put(module, found);
            }
        }
        assertThat(tooFew).as("classes found in modules that have more").isEmpty();
        assertThat(Codebase.CARAFE.modules()).containsExactlyInAnyOrderElementsOf(LEAST.keySet());
    }

    @Test
    void everyModuleThatWeWroteCodeInHasTests() {
        assertThat(Codebase.CARAFE.modules().stream()
                        .filter(module -> !module.equals(Codebase.GENERATED_MODULE) && !module.equals("ports"))
                        .filter(module -> Codebase.CARAFE.tests(module).isEmpty()))
                .isEmpty();
    }
}
