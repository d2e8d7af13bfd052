package io.carafe.grpc;

import com.google.protobuf.ByteString;
import io.carafe.cri.v1.Device;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.KeyValue;
import io.carafe.cri.v1.WindowsContainerConfig;
import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerDevice;
import io.carafe.domain.container.ContainerMetadata;
import io.carafe.domain.container.EnvVar;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** CRI ContainerConfig. */
final class ContainerConfigFromProto {
    private final ContainerSecurityFromProto security;
    private final MountsFromProto mounts;

    ContainerConfigFromProto(HostSecurity host) {
        this.security = new ContainerSecurityFromProto(host);
        this.mounts = new MountsFromProto(host);
    }

    ContainerConfig config(io.carafe.cri.v1.ContainerConfig proto, Field field) {
        refuse(proto, field);
        return new ContainerConfig(
                metadata(proto, field.dot("metadata")),
                field.dot("image").dot("image").required(proto.getImage().getImage()),
                proto.getImage().getUserSpecifiedImage(),
                proto.getCommandList(),
                proto.getArgsList(),
                proto.getWorkingDir(),
                envs(proto.getEnvsList(), field.dot("envs")),
                mounts.mounts(proto.getMountsList(), field.dot("mounts")),
                devices(proto.getDevicesList(), field.dot("devices")),
                proto.getLabelsMap(),
                proto.getAnnotationsMap(),
                logPath(proto.getLogPath(), field.dot("log_path")),
                proto.getStdin(),
                proto.getStdinOnce(),
                proto.getTty(),
                ResourcesFromProto.resources(
                        proto.getLinux().getResources(), field.dot("linux").dot("resources")),
                security.security(
                        proto.getLinux().getSecurityContext(),
                        field.dot("linux").dot("security_context")),
                Signals.fromProto(proto.getStopSignal(), proto.getStopSignalValue(), field.dot("stop_signal")));
    }

    private static void refuse(io.carafe.cri.v1.ContainerConfig proto, Field field) {
        if (!proto.getWindows().equals(WindowsContainerConfig.getDefaultInstance())) {
            throw field.dot("windows").unsupported("this is a runtime for Linux");
        }
        if (proto.getCDIDevicesCount() > 0) {
            throw field.dot("CDI_devices").unsupported("CDI is not there yet");
        }
        ImageSpec image = proto.getImage();
        if (!image.getRuntimeHandler().isEmpty()) {
            throw field.dot("image")
                    .dot("runtime_handler")
                    .unsupported("a container runs with its sandbox's handler; leave it out");
        }
        if (!image.getImageRef().isEmpty()) {
            throw field.dot("image").dot("image_ref").unsupported("it is for image volumes, which are not there yet");
        }
    }

    private static ContainerMetadata metadata(io.carafe.cri.v1.ContainerConfig proto, Field field) {
        if (!proto.hasMetadata()) {
            throw field.invalid("is missing; it identifies the container in its sandbox");
        }
        return new ContainerMetadata(
                field.dot("name").required(proto.getMetadata().getName()),
                proto.getMetadata().getAttempt());
    }

    private static List<EnvVar> envs(List<KeyValue> protos, Field field) {
        return IntStream.range(0, protos.size())
                .mapToObj(i -> env(protos.get(i), field.at(i)))
                .toList();
    }

    private static EnvVar env(KeyValue proto, Field field) {
        String key = field.dot("key").required(proto.getKey());
        if (key.indexOf('=') >= 0 || key.indexOf('\0') >= 0) {
            throw field.dot("key").invalid("'" + key + "' has a '=' or a zero byte in it");
        }
        ByteString value = proto.getValue();
        if (!value.isValidUtf8()) {
            // config.json is JSON, so other bytes could not reach the process unharmed
            throw field.dot("value").invalid("the value of " + key + " is not UTF-8");
        }
        if (value.toStringUtf8().indexOf('\0') >= 0) {
            throw field.dot("value").invalid("the value of " + key + " has a zero byte in it");
        }
        return new EnvVar(key, value.toStringUtf8());
    }

    private static List<ContainerDevice> devices(List<Device> protos, Field field) {
        return IntStream.range(0, protos.size())
                .mapToObj(i -> device(protos.get(i), field.at(i)))
                .toList();
    }

    private static ContainerDevice device(Device proto, Field field) {
        if (!proto.getPermissions().matches("[rwm]{1,3}")) {
            throw field.dot("permissions").invalid("'" + proto.getPermissions() + "' is not one or more of r, w and m");
        }
        return new ContainerDevice(
                field.dot("container_path").absolute(proto.getContainerPath()),
                field.dot("host_path").absolute(proto.getHostPath()),
                proto.getPermissions());
    }

    private static String logPath(String path, Field field) {
        if (!path.isEmpty()
                && (path.startsWith("/") || Path.of(path).normalize().startsWith(".."))) {
            throw field.invalid("'" + path + "' is not a path below the sandbox's log_directory");
        }
        return path;
    }
}
