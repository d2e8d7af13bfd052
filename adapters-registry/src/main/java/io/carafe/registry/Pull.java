package io.carafe.registry;

import io.carafe.domain.image.ImageReference;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.registry.auth.Access;
import io.carafe.registry.auth.Credentials;
import io.carafe.registry.hosts.RegistryHost;

/** Whose request it is, for which image. */
record Pull(ImageReference reference, RegistryAuth auth) {
    Access at(RegistryHost host) {
        return new Access(host, reference.repository(), Credentials.of(auth, reference, host));
    }
}
