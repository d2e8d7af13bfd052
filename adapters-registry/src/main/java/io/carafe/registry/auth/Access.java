package io.carafe.registry.auth;

import io.carafe.registry.hosts.RegistryHost;

/** Reading one repository of one host as somebody. */
public record Access(RegistryHost host, String repository, Credentials credentials) {}
