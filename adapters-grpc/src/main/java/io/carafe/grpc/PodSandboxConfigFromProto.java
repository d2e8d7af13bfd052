package io.carafe.grpc;

import io.carafe.cri.v1.DNSConfig;
import io.carafe.cri.v1.LinuxPodSandboxConfig;
import io.carafe.cri.v1.LinuxSandboxSecurityContext;
import io.carafe.domain.sandbox.DnsConfig;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.PortMapping;
import io.carafe.domain.sandbox.SandboxSecurity;
import io.carafe.domain.sandbox.SecurityProfile;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** CRI PodSandboxConfig. */
final class PodSandboxConfigFromProto {
    private static final int MAX_PORT = 65_535;

    private final HostSecurity host;

    PodSandboxConfigFromProto(HostSecurity host) {
        this.host = host;
    }

    PodSandboxConfig config(io.carafe.cri.v1.PodSandboxConfig proto, Field field) {
        if (!proto.hasMetadata()) {
            throw field.dot("metadata").invalid("is missing; it identifies the sandbox");
        }
        if (!proto.getWindows().equals(io.carafe.cri.v1.WindowsPodSandboxConfig.getDefaultInstance())) {
            throw field.dot("windows").unsupported("this is a runtime for Linux");
        }
        LinuxPodSandboxConfig linux = proto.getLinux();
        Field linuxField = field.dot("linux");
        return new PodSandboxConfig(
                metadata(proto.getMetadata(), field.dot("metadata")),
                proto.getHostname(),
                Field.optional(proto.getLogDirectory())
                        .map(field.dot("log_directory")::absolute)
                        .map(Path::of),
                dns(proto.getDnsConfig()),
                ports(proto.getPortMappingsList(), field.dot("port_mappings")),
                proto.getLabelsMap(),
                proto.getAnnotationsMap(),
                Field.optional(linux.getCgroupParent()),
                security(linux.getSecurityContext(), linuxField.dot("security_context")),
                linux.getSysctlsMap(),
                linux.hasOverhead()
                        ? Optional.of(ResourcesFromProto.resources(linux.getOverhead(), linuxField.dot("overhead")))
                        : Optional.empty(),
                linux.hasResources()
                        ? Optional.of(ResourcesFromProto.resources(linux.getResources(), linuxField.dot("resources")))
                        : Optional.empty());
    }

    private static PodSandboxMetadata metadata(io.carafe.cri.v1.PodSandboxMetadata proto, Field field) {
        return new PodSandboxMetadata(
                field.dot("name").required(proto.getName()), proto.getUid(), proto.getNamespace(), proto.getAttempt());
    }

    /** One that says nothing is none: the pod then gets the node's. */
    private static Optional<DnsConfig> dns(DNSConfig proto) {
        DnsConfig dns = new DnsConfig(proto.getServersList(), proto.getSearchesList(), proto.getOptionsList());
        boolean empty = dns.servers().isEmpty()
                && dns.searches().isEmpty()
                && dns.options().isEmpty();
        return empty ? Optional.empty() : Optional.of(dns);
    }

    /** A host port of zero means that none is mapped, so such a mapping says nothing that a runtime could do. */
    private static List<PortMapping> ports(List<io.carafe.cri.v1.PortMapping> protos, Field field) {
        List<PortMapping> mappings = new ArrayList<>();
        for (int i = 0; i < protos.size(); i++) {
            io.carafe.cri.v1.PortMapping proto = protos.get(i);
            Field at = field.at(i);
            PortMapping.Protocol protocol = switch (proto.getProtocol()) {
                case TCP -> PortMapping.Protocol.TCP;
                case UDP -> PortMapping.Protocol.UDP;
                case SCTP -> PortMapping.Protocol.SCTP;
                case UNRECOGNIZED -> throw at.dot("protocol").unknown(proto.getProtocolValue());
            };
            if (proto.getHostPort() != 0) {
                mappings.add(new PortMapping(
                        protocol,
                        port(proto.getContainerPort(), at.dot("container_port")),
                        port(proto.getHostPort(), at.dot("host_port")),
                        address(proto.getHostIp(), at.dot("host_ip"))));
            }
        }
        return mappings;
    }

    private static int port(int port, Field field) {
        if (port < 1 || port > MAX_PORT) {
            throw field.invalid(port + " is not a port, 1 to " + MAX_PORT);
        }
        return port;
    }

    private static String address(String text, Field field) {
        if (!text.isEmpty()) {
            try {
                InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException _) {
                throw field.invalid("'" + text + "' is not an IP address");
            }
        }
        return text;
    }

    /** The policy for supplemental groups has nothing to merge with: the sandbox container's root has no /etc/group. */
    private SandboxSecurity security(LinuxSandboxSecurityContext proto, Field field) {
        ProfilesFromProto.refuseSelinux(proto.getSelinuxOptions(), host, field.dot("selinux_options"));
        SupplementalGroups.policy(
                proto.getSupplementalGroupsPolicy(),
                proto.getSupplementalGroupsPolicyValue(),
                field.dot("supplemental_groups_policy"));
        return new SandboxSecurity(
                NamespacesFromProto.ofSandbox(proto.getNamespaceOptions(), field.dot("namespace_options")),
                proto.hasRunAsUser() ? OptionalLong.of(proto.getRunAsUser().getValue()) : OptionalLong.empty(),
                proto.hasRunAsGroup() ? OptionalLong.of(proto.getRunAsGroup().getValue()) : OptionalLong.empty(),
                proto.getReadonlyRootfs(),
                proto.getSupplementalGroupsList(),
                proto.getPrivileged(),
                seccomp(proto, field),
                proto.hasApparmor()
                        ? Optional.of(ProfilesFromProto.appArmor(proto.getApparmor(), host, field.dot("apparmor")))
                        : Optional.empty());
    }

    @SuppressWarnings("deprecation") // older clients set only the deprecated field
    private static Optional<SecurityProfile> seccomp(LinuxSandboxSecurityContext proto, Field field) {
        return proto.hasSeccomp()
                ? Optional.of(ProfilesFromProto.seccomp(proto.getSeccomp(), field.dot("seccomp")))
                : ProfilesFromProto.seccomp(proto.getSeccompProfilePath(), field.dot("seccomp_profile_path"));
    }
}
