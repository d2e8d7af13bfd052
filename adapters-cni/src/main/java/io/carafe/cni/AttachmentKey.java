package io.carafe.cni;

import io.carafe.domain.sandbox.PodSandboxId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which interface of which pod: what an attachment's file is called. Sorted by name, so eth0 comes before eth1. */
record AttachmentKey(PodSandboxId id, String interfaceName) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{64})-(eth\\d{1,3})");

    static Optional<AttachmentKey> parse(String name) {
        var matcher = FORM.matcher(name);
        return matcher.matches()
                ? Optional.of(new AttachmentKey(new PodSandboxId(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    int index() {
        return Integer.parseInt(interfaceName.substring("eth".length()));
    }

    @Override
    public String toString() {
        return id + "-" + interfaceName;
    }
}
