package io.carafe.cli.verb;

import com.google.protobuf.ByteString;
import io.carafe.cli.outcome.CommandFault;
import io.carafe.cli.outcome.ExitCode;
import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.KeyValue;
import io.carafe.cri.v1.LinuxContainerSecurityContext;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.SecurityProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The pod and the container of {@code carafe run}, as a kubelet would ask for them: confined by default. */
final class RunConfigs {
    static final String NAMESPACE = "default";
    static final String LOG_PATH = "0.log";

    private static final int LONGEST_HOSTNAME = 63;

    /** The kubelet's own lists (procMount: Default). */
    private static final List<String> MASKED = List.of(
            "/proc/asound",
            "/proc/acpi",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");

    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private RunConfigs() {}

    /** With the labels that a kubelet sets and crictl reads. */
    static PodSandboxConfig pod(String name, String uid, Path logs) {
        var config = PodSandboxConfig.newBuilder()
                .setHostname(hostname(name))
                .setLogDirectory(logs.toString())
                .putLabels("io.kubernetes.pod.name", name)
                .putLabels("io.kubernetes.pod.namespace", NAMESPACE)
                .putLabels("io.kubernetes.pod.uid", uid)
                .putAnnotations(RunLogs.ANNOTATION, logs.toString());
        config.getMetadataBuilder().setName(name).setUid(uid).setNamespace(NAMESPACE);
        config.getLinuxBuilder()
                .getSecurityContextBuilder()
                .setSeccomp(runtimeDefault())
                .getNamespaceOptionsBuilder()
                .setPid(NamespaceMode.CONTAINER);
        return config.build();
    }

    /** {@code words} take the place of the image's CMD, not of its ENTRYPOINT. */
    static ContainerConfig container(String name, String image, String imageId, String[] env, List<String> words) {
        var config = ContainerConfig.newBuilder().setLogPath(LOG_PATH).addAllArgs(words);
        config.getMetadataBuilder().setName(name);
        config.getImageBuilder().setImage(imageId).setUserSpecifiedImage(image);
        for (var assignment : env) {
            config.addEnvs(env(assignment));
        }
        LinuxContainerSecurityContext.Builder security =
                config.getLinuxBuilder().getSecurityContextBuilder();
        security.setSeccomp(runtimeDefault()).addAllMaskedPaths(MASKED).addAllReadonlyPaths(READ_ONLY);
        security.getNamespaceOptionsBuilder().setPid(NamespaceMode.CONTAINER);
        return config.build();
    }

    /** "K=V"; or "K", which takes this process's value. */
    static KeyValue env(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals == 0 || assignment.isEmpty()) {
            throw new CommandFault(ExitCode.USAGE, "--env wants K=V, got '" + assignment + "'");
        }
        var key = equals < 0 ? assignment : assignment.substring(0, equals);
        var value = equals < 0 ? System.getenv().getOrDefault(key, "") : assignment.substring(equals + 1);
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    /** From the image's name: "registry/a/busybox:1" gives "busybox-" and the tail. */
    static String name(String image, String tail) {
        var last = image.substring(image.lastIndexOf('/') + 1).replaceFirst("[:@].*", "");
        return hostname(last) + "-" + tail;
    }

    /** The name, which becomes that of a folder too. */
    static String checked(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new CommandFault(
                    ExitCode.USAGE,
                    "--name wants up to 63 letters, digits, '.', '_' and '-', a letter or digit first; got '" + name
                            + "'");
        }
        return name;
    }

    /** As a DNS label wants it (RFC 1123). */
    static String hostname(String name) {
        var label = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+|-+$", "");
        var cut = label.length() <= LONGEST_HOSTNAME ? label : label.substring(0, LONGEST_HOSTNAME);
        return cut.isEmpty() ? "carafe" : cut;
    }

    private static SecurityProfile runtimeDefault() {
        return SecurityProfile.newBuilder()
                .setProfileType(SecurityProfile.ProfileType.RuntimeDefault)
                .build();
    }
}
