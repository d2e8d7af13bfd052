package io.carafe.linux.process;

import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** Heavy (tens of megabytes without an AOT cache, some 300 ms), so loaded for the first signal to a group or name of a user only. */
final class Posix {
    static final POSIX INSTANCE = POSIXFactory.getNativePOSIX();

    private Posix() {}
}
