package io.carafe.grpc;

import io.carafe.cri.v1.SELinuxOption;
import io.carafe.domain.sandbox.SecurityProfile;
import java.util.Optional;

/** Seccomp, AppArmor and SELinux. The deprecated text forms count where the newer message is missing. */
final class ProfilesFromProto {
    private static final String LOCALHOST = "localhost/";

    private ProfilesFromProto() {}

    static SecurityProfile seccomp(io.carafe.cri.v1.SecurityProfile proto, Field field) {
        SecurityProfile profile = profile(proto, field);
        if (profile instanceof SecurityProfile.Localhost file) {
            field.dot("localhost_ref").absolute(file.reference());
        }
        return profile;
    }

    /** The deprecated form; empty is "identical with unconfined". */
    static Optional<SecurityProfile> seccomp(String text, Field field) {
        Optional<SecurityProfile> profile = profile(text, field);
        if (profile.isPresent() && profile.get() instanceof SecurityProfile.Localhost file) {
            field.absolute(file.reference());
        }
        return profile;
    }

    static SecurityProfile appArmor(io.carafe.cri.v1.SecurityProfile proto, HostSecurity host, Field field) {
        return enforceable(profile(proto, field), host, field);
    }

    /** The deprecated form; "runtime/default" is there "equivalent to not specifying a profile". */
    static Optional<SecurityProfile> appArmor(String text, HostSecurity host, Field field) {
        return profile(text, field)
                .filter(profile -> !(profile instanceof SecurityProfile.RuntimeDefault))
                .map(profile -> enforceable(profile, host, field));
    }

    static void refuseSelinux(SELinuxOption proto, HostSecurity host, Field field) {
        if (!proto.equals(SELinuxOption.getDefaultInstance())) {
            throw field.unsupported(
                    host.selinux() ? "this runtime does not label yet" : "SELinux is not enabled on this host");
        }
    }

    private static SecurityProfile enforceable(SecurityProfile profile, HostSecurity host, Field field) {
        return switch (profile) {
            case SecurityProfile.Unconfined _ -> profile;
            case SecurityProfile.RuntimeDefault _ -> {
                if (host.appArmor()) {
                    throw field.unsupported("RuntimeDefault: this runtime brings no AppArmor profile of its own yet;"
                            + " name one of the node or leave it out");
                }
                yield profile;
            }
            case SecurityProfile.Localhost _ -> {
                if (!host.appArmor()) {
                    throw field.unsupported("AppArmor is not enabled on this host");
                }
                yield profile;
            }
        };
    }

    private static SecurityProfile profile(io.carafe.cri.v1.SecurityProfile proto, Field field) {
        String reference = proto.getLocalhostRef();
        Field referenceField = field.dot("localhost_ref");
        return switch (proto.getProfileType()) {
            case RuntimeDefault -> without(reference, referenceField, new SecurityProfile.RuntimeDefault());
            case Unconfined -> without(reference, referenceField, new SecurityProfile.Unconfined());
            case Localhost -> localhost(referenceField.required(reference));
            case UNRECOGNIZED -> throw field.dot("profile_type").unknown(proto.getProfileTypeValue());
        };
    }

    private static SecurityProfile without(String reference, Field field, SecurityProfile profile) {
        if (!reference.isEmpty()) {
            throw field.invalid("'" + reference + "' is set, but profile_type is not Localhost");
        }
        return profile;
    }

    private static Optional<SecurityProfile> profile(String text, Field field) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.startsWith(LOCALHOST)) {
            return Optional.of(localhost(text));
        }
        return Optional.of(
                switch (text) {
                    case "runtime/default", "docker/default" -> new SecurityProfile.RuntimeDefault();
                    case "unconfined" -> new SecurityProfile.Unconfined();
                    default ->
                        throw field.invalid("'" + text + "' is none of runtime/default, unconfined, localhost/PROFILE");
                });
    }

    /** Clients send the reference with and without the prefix of the old form. */
    private static SecurityProfile.Localhost localhost(String reference) {
        return new SecurityProfile.Localhost(
                reference.startsWith(LOCALHOST) ? reference.substring(LOCALHOST.length()) : reference);
    }
}
