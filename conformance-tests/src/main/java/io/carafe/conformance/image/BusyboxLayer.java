package io.carafe.conformance.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The base of nearly all test images: a static busybox with its usual links, users, groups and an empty tree. */
final class BusyboxLayer {
    private static final String APPLETS = "awk basename cat chmod chown cp cut date dd df dirname dmesg echo env expr "
            + "false find grep head hostname httpd id ifconfig ip kill ln ls mkdir mkfifo mknod mount mv nc nslookup od "
            + "pidof printf ps pwd readlink rm rmdir route sed setsid sh sleep sort stat sync sysctl tail tar test timeout "
            + "top touch tr true umount uname unshare usleep vi wc wget which whoami xargs yes";

    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            daemon:x:1:1:daemon:/usr/sbin:/bin/false
            carafe:x:1002:1002:conformance:/home/carafe:/bin/sh
            grouped:x:1000:1000:has a group in the image:/home/carafe:/bin/sh
            """;
    private static final String GROUP = """
            root:x:0:
            daemon:x:1:
            carafe:x:1002:
            others:x:1003:
            grouped:x:1000:
            predefined:x:50000:grouped
            """;

    private BusyboxLayer() {}

    /** The layer's files, from the busybox of this host (Debian: busybox-static). */
    static Tar tar(Path busybox) {
        byte[] program;
        try {
            program = Files.readAllBytes(busybox);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "test images need a static busybox at " + busybox + " (apt: busybox-static)", e);
        }
        var tar = new Tar()
                .dir("bin", 0755)
                .file("bin/busybox", 0755, program)
                .dir("dev", 0755)
                .dir("etc", 0755)
                .file("etc/passwd", 0644, PASSWD)
                .file("etc/group", 0644, GROUP)
                .dir("home", 0755)
                .dir("home/carafe", 0755)
                .dir("proc", 0555)
                .dir("root", 0700)
                .dir("sys", 0555)
                .dir("tmp", 01777)
                .dir("var", 0755)
                .dir("work", 0755)
                .dir("work/deep", 0755);
        for (var applet : APPLETS.split(" ")) {
            tar.hardLink("bin/" + applet, "bin/busybox");
        }
        return tar;
    }
}
