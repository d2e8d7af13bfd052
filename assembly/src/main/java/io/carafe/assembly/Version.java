package io.carafe.assembly;

import java.util.Optional;

/** Which Carafe this is, from the JAR's manifest. */
final class Version {
    private Version() {}

    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
