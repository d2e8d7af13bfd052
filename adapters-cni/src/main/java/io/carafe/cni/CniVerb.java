package io.carafe.cni;

/** What CNI_COMMAND asks a plugin to do. CHECK and VERSION are not asked. */
enum CniVerb {
    ADD,
    DEL,
    /** From 1.1.0: whether an ADD would work now. */
    STATUS,
    /** From 1.1.0: give back all that is not of the attachments named. */
    GC
}
