package io.carafe.kata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Kata's virtual machines need of the host, which depends on the hypervisor that its configuration names.
 *
 * @param defaults where Kata looks for its configuration when it is not told
 */
record KataHost(Path dev, List<Path> defaults) {
    static final KataHost THIS = new KataHost(
            Path.of("/dev"),
            List.of(
                    Path.of("/etc/kata-containers/configuration.toml"),
                    Path.of("/usr/share/defaults/kata-containers/configuration.toml"),
                    Path.of("/opt/kata/share/defaults/kata-containers/configuration.toml")));

    private static final Pattern HYPERVISOR = Pattern.compile("(?m)^\\s*\\[hypervisor\\.([a-z-]+)]");
    private static final String REMOTE = "remote";
    private static final String QEMU = "qemu";

    /** Each with what it is needed for; empty if all is there. A configuration that is named and cannot be read is not told of. */
    List<String> misses(Optional<Path> configPath) {
        List<String> misses = new ArrayList<>();
        Optional<Path> configuration =
                configPath.or(() -> defaults.stream().filter(Files::isReadable).findFirst());
        if (configuration.isEmpty()) {
            misses.add("Kata's configuration is at none of " + defaults + "; install it or set config_path");
        }
        String hypervisor = configuration.map(KataHost::hypervisor).orElse(QEMU);
        if (!hypervisor.equals(REMOTE)) {
            addKvm(misses);
        }
        if (hypervisor.equals(QEMU)) {
            addDevice(misses, "vhost-vsock", "QEMU needs module vhost_vsock");
            addDevice(misses, "vhost-net", "QEMU needs module vhost_net");
        }
        addDevice(misses, "log", "Kata's Go shim does not create a sandbox without a system log");
        return misses;
    }

    private void addKvm(List<String> misses) {
        Path kvm = dev.resolve("kvm");
        if (!Files.exists(kvm)) {
            misses.add(kvm + " is missing: the CPU has no virtualisation, or it is off, or module kvm is not loaded");
        } else if (!Files.isReadable(kvm) || !Files.isWritable(kvm)) {
            misses.add(kvm + " cannot be opened");
        }
    }

    private void addDevice(List<String> misses, String name, String why) {
        if (!Files.exists(dev.resolve(name))) {
            misses.add(dev.resolve(name) + " is missing: " + why);
        }
    }

    private static String hypervisor(Path configuration) {
        try {
            Matcher section = HYPERVISOR.matcher(Files.readString(configuration));
            return section.find() ? section.group(1) : QEMU;
        } catch (IOException e) {
            return QEMU;
        }
    }
}
