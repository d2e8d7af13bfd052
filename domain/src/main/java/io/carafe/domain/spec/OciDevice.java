package io.carafe.domain.spec;

import java.util.Optional;
import java.util.OptionalInt;

/** A device node to make; {@code fileMode} permission bits. */
public record OciDevice(
        String path,
        String type,
        long major,
        long minor,
        OptionalInt fileMode,
        Optional<Long> uid,
        Optional<Long> gid) {}
