package io.carafe.kata;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The devices that Kata's virtual machines need of the host. */
record KataHost(Path dev) {
    static final KataHost THIS = new KataHost(Path.of("/dev"));

    /** Each with what it is needed for; empty if all is there. */
    List<String> misses() {
        List<String> misses = new ArrayList<>();
        Path kvm = dev.resolve("kvm");
        if (!Files.exists(kvm)) {
            misses.add(kvm + " is missing: the CPU has no virtualisation, or it is off, or module kvm is not loaded");
        } else if (!Files.isReadable(kvm) || !Files.isWritable(kvm)) {
            misses.add(kvm + " cannot be opened");
        }
        if (!Files.exists(dev.resolve("vhost-vsock"))) {
            misses.add(
                    dev.resolve("vhost-vsock")
                            + " is missing: QEMU needs module vhost_vsock (Cloud Hypervisor, Firecracker and Dragonball do not)");
        }
        if (!Files.exists(dev.resolve("vhost-net"))) {
            misses.add(dev.resolve("vhost-net") + " is missing: QEMU needs module vhost_net");
        }
        if (!Files.exists(dev.resolve("log"))) {
            misses.add(dev.resolve("log") + " is missing: Kata's Go shim does not start without a system log");
        }
        return misses;
    }
}
