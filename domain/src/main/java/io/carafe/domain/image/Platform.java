package io.carafe.domain.image;

/** An operating system and architecture as Go spells them; {@code variant} may be empty. */
public record Platform(String os, String architecture, String variant) {}
