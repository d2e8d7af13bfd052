package io.carafe.linux.file;

/** Major and minor number of a device node; 0:0 is overlayfs' whiteout. */
public record DeviceNumber(int major, int minor) {
    public static final DeviceNumber NONE = new DeviceNumber(0, 0);

    /** As glibc's gnu_dev_makedev packs it. */
    long packed() {
        long high = Integer.toUnsignedLong(major);
        long low = Integer.toUnsignedLong(minor);
        return ((high & 0xfffff000L) << 32) | ((high & 0xfffL) << 8) | ((low & 0xffffff00L) << 12) | (low & 0xffL);
    }
}
