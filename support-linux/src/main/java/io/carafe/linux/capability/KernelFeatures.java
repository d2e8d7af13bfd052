package io.carafe.linux.capability;

import io.carafe.linux.file.ControlFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the running kernel has, below the two directories where it says so.
 *
 * <p>Source: apparmor(7), Documentation/admin-guide/LSM/.
 */
public record KernelFeatures(Path proc, Path sys) {
    public static final KernelFeatures HOST = new KernelFeatures(Path.of("/proc"), Path.of("/sys"));

    /** The release, as {@code uname -r} prints it. */
    public String version() {
        return line("sys/kernel/osrelease");
    }

    public String hostname() {
        return line("sys/kernel/hostname");
    }

    /**
     * A name of the time since it was started. Source: random(4).
     *
     * @throws IllegalStateException if it is not there
     */
    public String boot() {
        String boot = line("sys/kernel/random/boot_id");
        if (boot.isEmpty()) {
            throw new IllegalStateException(
                    "find out which boot of the host this is: there is no " + proc + "/sys/kernel/random/boot_id");
        }
        return boot;
    }

    /** True if AppArmor is on, and profiles can be loaded and applied. */
    public boolean appArmorEnabled() {
        return ControlFile.read(sys.resolve("module/apparmor/parameters/enabled"))
                        .filter(text -> text.startsWith("Y"))
                        .isPresent()
                && Files.isDirectory(sys.resolve("kernel/security/apparmor"));
    }

    /** True if SELinux is on, whether or not it enforces. */
    public boolean selinuxEnabled() {
        return Files.exists(sys.resolve("fs/selinux/enforce"));
    }

    /** The memory that the kernel has to give, in bytes. Source: proc_meminfo(5). */
    public long memoryBytes() {
        return line("meminfo")
                .lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) << 10)
                .findFirst()
                .orElse(0);
    }

    private String line(String file) {
        return ControlFile.read(proc.resolve(file)).map(String::strip).orElse("");
    }
}
