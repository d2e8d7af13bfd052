package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;

/** Devices of the host in a container. */
@Conformance
final class DevicesConformance {
    @Claim(answers = {"ContainerConfig.devices", "Device.container_path", "Device.host_path", "Device.permissions"})
    void deviceIsThereUnderItsNewNameAndWorks(Bench bench) {
        var container = with(bench, "/dev/zero", "/dev/conformance", "rwm");
        assertThat(container.sh("stat -c %F:%t:%T /dev/conformance")).isEqualTo("character special file:1:5");
        assertThat(container.sh("head -c 4 /dev/conformance | od -An -tx1 | tr -d ' '"))
                .isEqualTo("00000000");
        container.sh("echo > /dev/conformance");
    }

    @Claim(
            answers = {"Device.permissions"},
            quote = "w - allows container to write to the specified device.")
    void deviceWithoutTheWritePermissionCannotBeWritten(Bench bench) {
        // Not one of the devices that every container may use.
        var container = with(bench, "/dev/kmsg", "/dev/conformance", "r");
        assertThat(container
                        .exec("sh", "-c", "echo conformance > /dev/conformance")
                        .code())
                .isNotZero();
    }

    @Claim(
            answers = {"Device.host_path"},
            needs = "DEVICES")
    void deviceThatDoesNotExistIsAnError(Bench bench) {
        var pod = bench.pod();
        Refused.any(() -> pod.start(config -> config.addDevicesBuilder()
                .setHostPath("/dev/no-such-device")
                .setContainerPath("/dev/conformance")
                .setPermissions("rwm")));
    }

    @Claim(answers = {"ContainerConfig.devices"})
    void everyContainerHasTheUsualDevices(Bench bench) {
        var container = bench.pod().start();
        container.sh("for d in null zero full random urandom tty; do test -c /dev/$d || exit 1; done");
        assertThat(container.sh("readlink /dev/stdout")).isEqualTo("/proc/self/fd/1");
        container.sh("test -e /dev/ptmx && echo > /dev/null");
    }

    @Claim(answers = {"ContainerConfig.devices"})
    void deviceThatWasNotGivenCannotBeMadeAndUsed(Bench bench) {
        var container = bench.pod().start();
        assertThat(container
                        .exec("sh", "-c", "mknod /tmp/kmsg c 1 11 && head -c 1 /tmp/kmsg")
                        .code())
                .isNotZero();
    }

    private static TestContainer with(Bench bench, String host, String container, String permissions) {
        return bench.pod()
                .start(config -> config.addDevicesBuilder()
                        .setHostPath(host)
                        .setContainerPath(container)
                        .setPermissions(permissions));
    }
}
