package io.carafe.runc;

import io.carafe.linux.capability.KernelFeatures;
import io.carafe.linux.capability.KernelVersion;
import io.carafe.linux.capability.ProcessStatus;
import io.carafe.linux.pause.Architecture;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.OciCli;
import io.carafe.oci.cli.OciCommandLine;
import io.carafe.oci.cli.Programs;
import io.carafe.oci.cli.RuntimeFeatures;
import io.carafe.oci.cli.ShortCommand;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.spi.Availability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the programs and the kernel what they can do. */
record RuncProbe(RuncOptions options, KernelFeatures kernel) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final byte[] NOTHING = {};

    Availability availability() {
        Optional<String> missing = Programs.missing("the OCI runtime", options.program(), RuncOptions.PATH)
                .or(() -> Programs.missing("conmon", options.conmon(), RuncOptions.CONMON_PATH));
        if (missing.isPresent()) {
            return new Availability.Missing(missing.get());
        }
        try {
            String conmon = ShortCommand.run(
                            "conmon --version",
                            List.of(options.conmonOrDefault().toString(), "--version"),
                            NOTHING,
                            TIMEOUT)
                    .lines()
                    .findFirst()
                    .orElse("");
            return new Availability.Available(cli().version() + ", " + conmon);
        } catch (CommandFailure e) {
            return new Availability.Missing(e.getMessage() + "; is it the right program?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Availability.Missing(
                    "asking " + options.programOrDefault() + " for its version was interrupted");
        }
    }

    /** What this handler cannot do here, each with its reason. */
    Map<RuntimeFeature, String> missingFeatures() {
        Map<RuntimeFeature, String> missing = new EnumMap<>(RuntimeFeature.class);
        String name = options.programOrDefault().toString();
        missing.put(RuntimeFeature.CHECKPOINT, "checkpoints are not made yet");
        missing.put(RuntimeFeature.PAUSE, "CRI has no call that pauses a container");
        missing.put(
                RuntimeFeature.USER_NAMESPACES,
                "the pod's namespaces would have to belong to its user namespace, which is not made yet");
        Optional<RuntimeFeatures> features = features();
        if (features.map(RuntimeFeatures::idMappedMounts).isEmpty()
                || !features.get().idMappedMounts()) {
            missing.put(RuntimeFeature.IDMAP_MOUNTS, name + " does not name them in its features: needs runc 1.2");
        }
        recursiveReadOnly(features, name)
                .ifPresent(reason -> missing.put(RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS, reason));
        if (!features.map(RuntimeFeatures::seccomp).orElse(true)) {
            missing.put(RuntimeFeature.SECCOMP, name + " is built without seccomp");
        } else if (!ProcessStatus.own().hasSeccomp()) {
            missing.put(RuntimeFeature.SECCOMP, "the kernel has no seccomp filters");
        }
        if (!features.map(RuntimeFeatures::appArmor).orElse(true)) {
            missing.put(RuntimeFeature.APPARMOR, name + " is built without AppArmor");
        } else if (!kernel.appArmorEnabled()) {
            missing.put(RuntimeFeature.APPARMOR, "AppArmor is off on this host");
        }
        missing.put(
                RuntimeFeature.SELINUX,
                kernel.selinuxEnabled() ? "labels are not set yet" : "SELinux is off on this host");
        if (Architecture.ofJvm(System.getProperty("os.arch")).isEmpty()) {
            missing.put(RuntimeFeature.POD_PID, "there is no pause program for " + System.getProperty("os.arch"));
        }
        return missing;
    }

    private Optional<String> recursiveReadOnly(Optional<RuntimeFeatures> features, String name) {
        if (!KernelVersion.parse(kernel.version()).isAtLeast(5, 12)) {
            return Optional.of("kernel " + kernel.version() + " has no mount_setattr(2): needs 5.12");
        }
        Set<String> options = features.map(RuntimeFeatures::mountOptions).orElse(Set.of());
        return options.contains("rro")
                ? Optional.empty()
                : Optional.of(name + " does not name mount option rro in its features: needs runc 1.1 or crun 1.9");
    }

    /** Empty for a program that has no such sub-command, or is not there. */
    private Optional<RuntimeFeatures> features() {
        try {
            return Optional.of(cli().features());
        } catch (CommandFailure e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private OciCli cli() {
        return new OciCli(new OciCommandLine(options.programOrDefault(), Path.of("/"), List.of()), TIMEOUT);
    }
}
