package io.carafe.assembly.config;

/**
 * Where exec, attach and port-forward are served to the kubelet.
 *
 * @param port 0 for any free one
 */
public record StreamingSettings(String address, int port) {}
