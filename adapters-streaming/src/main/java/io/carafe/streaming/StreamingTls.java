package io.carafe.streaming;

import java.nio.file.Path;

/** PEM files of the streaming server: its certificate, with those between it and the root, and its private key. */
public record StreamingTls(Path certificate, Path key) {}
