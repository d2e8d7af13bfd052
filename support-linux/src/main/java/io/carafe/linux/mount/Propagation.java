package io.carafe.linux.mount;

/**
 * How mounts made under a mount point travel to its peers.
 *
 * <p>Source: mount_namespaces(7), include/uapi/linux/mount.h.
 */
public enum Propagation {
    PRIVATE(1 << 18),
    SLAVE(1 << 19),
    SHARED(1 << 20);

    private final int flag;

    Propagation(int flag) {
        this.flag = flag;
    }

    long flag() {
        return flag;
    }
}
