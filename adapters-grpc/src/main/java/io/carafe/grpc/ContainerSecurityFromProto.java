package io.carafe.grpc;

import io.carafe.cri.v1.Capability;
import io.carafe.cri.v1.LinuxContainerSecurityContext;
import io.carafe.domain.container.Capabilities;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.sandbox.SecurityProfile;
import java.util.Optional;
import java.util.OptionalLong;

/** CRI LinuxContainerSecurityContext. */
final class ContainerSecurityFromProto {
    private final HostSecurity host;

    ContainerSecurityFromProto(HostSecurity host) {
        this.host = host;
    }

    ContainerSecurity security(LinuxContainerSecurityContext proto, Field field) {
        ProfilesFromProto.refuseSelinux(proto.getSelinuxOptions(), host, field.dot("selinux_options"));
        return new ContainerSecurity(
                capabilities(proto.getCapabilities()),
                proto.getPrivileged(),
                NamespacesFromProto.ofContainer(proto.getNamespaceOptions(), field.dot("namespace_options")),
                proto.hasRunAsUser() ? OptionalLong.of(proto.getRunAsUser().getValue()) : OptionalLong.empty(),
                proto.hasRunAsGroup() ? OptionalLong.of(proto.getRunAsGroup().getValue()) : OptionalLong.empty(),
                proto.getRunAsUsername(),
                proto.getReadonlyRootfs(),
                proto.getSupplementalGroupsList(),
                SupplementalGroups.policy(
                        proto.getSupplementalGroupsPolicy(),
                        proto.getSupplementalGroupsPolicyValue(),
                        field.dot("supplemental_groups_policy")),
                proto.getNoNewPrivs(),
                proto.getMaskedPathsList(),
                proto.getReadonlyPathsList(),
                seccomp(proto, field),
                appArmor(proto, field));
    }

    private static Capabilities capabilities(Capability proto) {
        return new Capabilities(
                proto.getAddCapabilitiesList(), proto.getDropCapabilitiesList(), proto.getAddAmbientCapabilitiesList());
    }

    @SuppressWarnings("deprecation") // older clients set only the deprecated field
    private static Optional<SecurityProfile> seccomp(LinuxContainerSecurityContext proto, Field field) {
        return proto.hasSeccomp()
                ? Optional.of(ProfilesFromProto.seccomp(proto.getSeccomp(), field.dot("seccomp")))
                : ProfilesFromProto.seccomp(proto.getSeccompProfilePath(), field.dot("seccomp_profile_path"));
    }

    @SuppressWarnings("deprecation") // older clients set only the deprecated field, the kubelet both
    private Optional<SecurityProfile> appArmor(LinuxContainerSecurityContext proto, Field field) {
        if (proto.getPrivileged()) {
            // CRI: AppArmor confinement is not applied, so a profile cannot be missed either
            return Optional.empty();
        }
        return proto.hasApparmor()
                ? Optional.of(ProfilesFromProto.appArmor(proto.getApparmor(), host, field.dot("apparmor")))
                : ProfilesFromProto.appArmor(proto.getApparmorProfile(), host, field.dot("apparmor_profile"));
    }
}
