package io.carafe.domain.process;

/** In characters. */
public record TerminalSize(int width, int height) {}
