package io.carafe.application.stream;

/** In characters. */
public record TerminalSize(int width, int height) {}
