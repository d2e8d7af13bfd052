package io.carafe.ports.runtime;

/** What a command left. The arrays are the caller's. */
public record ExecResult(int exitCode, byte[] stdout, byte[] stderr) {}
