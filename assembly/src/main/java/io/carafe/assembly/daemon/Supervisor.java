package io.carafe.assembly.daemon;

import java.io.IOException;

/** Who started the daemon and wants to know how it is, such as systemd. */
@FunctionalInterface
public interface Supervisor {
    /** @param assignments as sd_notify(3) has them, such as {@code READY=1} */
    void tell(String assignments) throws IOException;
}
