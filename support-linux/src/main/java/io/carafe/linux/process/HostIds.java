package io.carafe.linux.process;

import java.util.OptionalLong;
import jnr.posix.Group;
import jnr.posix.Passwd;

/**
 * Numbers of the host's users and groups, as its name services know them (getpwnam(3), getgrnam(3)).
 *
 * <p>For names inside an image read the image's own files: the host's say nothing about them.
 */
public final class HostIds {
    private HostIds() {}

    /** The uid of a user of the host; empty if there is none of that name. */
    public static OptionalLong user(String name) {
        Passwd entry = Posix.INSTANCE.getpwnam(name);
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.getUID());
    }

    /** The gid of a group of the host; empty if there is none of that name. */
    public static OptionalLong group(String name) {
        Group entry = Posix.INSTANCE.getgrnam(name);
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.getGID());
    }
}
