package io.carafe.domain.resource;

import java.nio.file.Path;
import java.time.Instant;

/** What a directory tree takes on the file system mounted at {@code mountpoint}. */
public record FilesystemUsage(Instant at, Path mountpoint, Bytes used, long inodesUsed) {}
