package io.carafe.domain.launch;

import java.nio.file.Path;

/** The files that all containers of a pod share, as absolute paths on the host. */
public record PodPaths(Path hostname, Path hosts, Path resolvConf, Path shm) {}
