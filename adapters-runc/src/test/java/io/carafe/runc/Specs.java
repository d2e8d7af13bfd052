package io.carafe.runc;

import io.carafe.domain.spec.OciLinux;
import io.carafe.domain.spec.OciNamespace;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciResources;
import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSpec;
import io.carafe.domain.spec.OciUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Specs of nothing but what a test is about. */
final class Specs {
    private Specs() {}

    static OciSpec spec(String cgroupsPath, Optional<String> pidNamespace) {
        OciProcess process = new OciProcess(
                false,
                new OciUser(0, 0, List.of()),
                List.of("x"),
                List.of(),
                "/",
                Optional.empty(),
                List.of(),
                true,
                Optional.empty(),
                OptionalInt.empty());
        return new OciSpec(
                OciSpec.VERSION,
                process,
                new OciRoot("/r", true),
                "",
                List.of(),
                Map.of(),
                new OciLinux(
                        List.of(new OciNamespace("pid", pidNamespace)),
                        List.of(),
                        List.of(),
                        List.of(),
                        cgroupsPath,
                        new OciResources(List.of(), Optional.empty(), Optional.empty(), List.of(), Map.of()),
                        "",
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        List.of()));
    }
}
