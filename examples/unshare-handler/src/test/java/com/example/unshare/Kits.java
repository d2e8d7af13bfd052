package com.example.unshare;

import io.carafe.ports.tck.certify.Certification;
import io.carafe.ports.tck.runtime.HandlerKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The handler under test, held to its own word on what it lacks. */
final class Kits {
    private Kits() {}

    static HandlerKit unshare() {
        var provider = new UnshareProvider();
        try {
            return new HandlerKit(provider, Map.of(), Certification.missingFeatures(provider, Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
