package io.carafe.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.carafe.cri.v1.RunPodSandboxRequest;
import io.carafe.domain.fault.Fault;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sets every field of every implemented call once. It must change the domain value that is read, or be refused by its name, or be
 * listed here as without effect, with the reason.
 */
class EveryRequestFieldTest {
    private static final String SECURITY = "CreateContainer.config.linux.security_context.";
    private static final String SANDBOX_SECURITY = "RunPodSandbox.config.linux.security_context.";
    private static final String MOUNT = "CreateContainer.config.mounts.";

    /** Path (or the beginning of paths) to why nothing here could honour it. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("RunPodSandbox.config.windows", "a runtime for Linux"),
            Map.entry("CreateContainer.config.windows", "a runtime for Linux"),
            Map.entry("CreateContainer.config.CDI_devices", "not there yet"),
            Map.entry(MOUNT + "image", "image volumes are not there yet; also covers image_sub_path"),
            Map.entry(MOUNT + "mount_options", "feature flag is false"),
            Map.entry(MOUNT + "uidMappings", "no id-mapped mounts yet"),
            Map.entry(MOUNT + "gidMappings", "no id-mapped mounts yet"),
            Map.entry("CreateContainer.config.image.runtime_handler", "the sandbox's handler decides"),
            Map.entry("CreateContainer.config.image.image_ref", "for image volumes"),
            Map.entry("ListImages.filter.image.image_ref", "for image volumes"),
            Map.entry("ImageStatus.image.image_ref", "for image volumes"),
            Map.entry("PullImage.image.image_ref", "for image volumes"),
            Map.entry("RemoveImage.image.image_ref", "for image volumes"),
            Map.entry(SECURITY + "selinux_options", "this host has no SELinux"),
            Map.entry(SANDBOX_SECURITY + "selinux_options", "this host has no SELinux"),
            Map.entry(SECURITY + "namespace_options.userns_options.uids", "NODE maps nothing"),
            Map.entry(SECURITY + "namespace_options.userns_options.gids", "NODE maps nothing"),
            Map.entry(SANDBOX_SECURITY + "namespace_options.userns_options.uids", "NODE maps nothing"),
            Map.entry(SANDBOX_SECURITY + "namespace_options.userns_options.gids", "NODE maps nothing"),
            Map.entry(SANDBOX_SECURITY + "namespace_options.target_id", "a sandbox has no target"));

    /** Path (or the beginning of paths) to why it is right that nothing changes. */
    private static final Map<String, String> WITHOUT_EFFECT = Map.ofEntries(
            Map.entry("Version.version", "the client's version; any may ask"),
            Map.entry("CreateContainer.sandbox_config", "\"just for easy reference\": the recorded one counts"),
            Map.entry("PullImage.sandbox_config", "an image is the same for all pods"),
            Map.entry(
                    "CreateContainer.config.image.annotations", "the pod's annotations; must not influence a runtime"),
            Map.entry("ListImages.filter.image.annotations", "the pod's annotations; must not influence a runtime"),
            Map.entry("ImageStatus.image.annotations", "the pod's annotations; must not influence a runtime"),
            Map.entry("PullImage.image.annotations", "the pod's annotations; must not influence a runtime"),
            Map.entry("RemoveImage.image.annotations", "the pod's annotations; must not influence a runtime"),
            Map.entry("ListImages.filter.image.user_specified_image", "the name in image is the one that is meant"),
            Map.entry("ImageStatus.image.user_specified_image", "the name in image is the one that is meant"),
            Map.entry("PullImage.image.user_specified_image", "the name in image is the one that is meant"),
            Map.entry("RemoveImage.image.user_specified_image", "the name in image is the one that is meant"),
            Map.entry(
                    SANDBOX_SECURITY + "supplemental_groups_policy",
                    "the sandbox container's root has no /etc/group to merge with"));

    /** What has to be there for the field to mean anything. */
    private static final Map<String, String> TOGETHER_WITH = Map.ofEntries(
            Map.entry(
                    "RunPodSandbox.config.port_mappings",
                    "config { port_mappings { host_port: 80 container_port: 81 } }"),
            Map.entry(
                    SANDBOX_SECURITY + "run_as_group",
                    "config { linux { security_context { run_as_user { value: 1 } } } }"),
            Map.entry(
                    SANDBOX_SECURITY + "seccomp.localhost_ref",
                    "config { linux { security_context { seccomp { profile_type: Localhost localhost_ref: '/a' } } } }"),
            Map.entry(
                    SANDBOX_SECURITY + "apparmor.localhost_ref",
                    "config { linux { security_context { apparmor { profile_type: Localhost localhost_ref: 'a' } } } }"),
            Map.entry(
                    SANDBOX_SECURITY + "namespace_options.userns_options.uids",
                    "config { linux { security_context { namespace_options { userns_options { mode: NODE } } } } }"),
            Map.entry(
                    SANDBOX_SECURITY + "namespace_options.userns_options.gids",
                    "config { linux { security_context { namespace_options { userns_options { mode: NODE } } } } }"),
            Map.entry("CreateContainer.config.envs", "config { envs { key: 'a' } }"),
            Map.entry(
                    "CreateContainer.config.devices",
                    "config { devices { container_path: '/a' host_path: '/b' permissions: 'r' } }"),
            Map.entry("CreateContainer.config.mounts", "config { mounts { container_path: '/a' host_path: '/b' } }"),
            Map.entry(
                    MOUNT + "recursive_read_only",
                    "config { mounts { container_path: '/a' host_path: '/b' readonly: true } }"),
            Map.entry(
                    "CreateContainer.config.linux.resources.hugepage_limits",
                    "config { linux { resources { hugepage_limits { page_size: '2MB' } } } }"),
            Map.entry(
                    "RunPodSandbox.config.linux.resources.hugepage_limits",
                    "config { linux { resources { hugepage_limits { page_size: '2MB' } } } }"),
            Map.entry(
                    "RunPodSandbox.config.linux.overhead.hugepage_limits",
                    "config { linux { overhead { hugepage_limits { page_size: '2MB' } } } }"),
            Map.entry(SECURITY + "run_as_group", "config { linux { security_context { run_as_user { value: 1 } } } }"),
            Map.entry(
                    SECURITY + "seccomp.localhost_ref",
                    "config { linux { security_context { seccomp { profile_type: Localhost localhost_ref: '/a' } } } }"),
            Map.entry(
                    SECURITY + "apparmor.localhost_ref",
                    "config { linux { security_context { apparmor { profile_type: Localhost localhost_ref: 'a' } } } }"),
            Map.entry(
                    SECURITY + "namespace_options.target_id",
                    "config { linux { security_context { namespace_options { pid: TARGET target_id: 'a' } } } }"),
            Map.entry(
                    SECURITY + "namespace_options.userns_options.uids",
                    "config { linux { security_context { namespace_options { userns_options { mode: NODE } } } } }"),
            Map.entry(
                    SECURITY + "namespace_options.userns_options.gids",
                    "config { linux { security_context { namespace_options { userns_options { mode: NODE } } } } }"),
            Map.entry("Exec.stdin", "stdout: true"),
            Map.entry("Attach.stdin", "stdout: true"),
            Map.entry("PullImage.auth.password", "auth { username: 'u' }"));

    /** Where not any value will do. */
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("UpdateRuntimeConfig.runtime_config.network_config.pod_cidr", "10.244.1.0/24"),
            Map.entry("RunPodSandbox.config.port_mappings.host_ip", "127.0.0.1"),
            Map.entry(SANDBOX_SECURITY + "namespace_options.network", "NODE"),
            Map.entry(SANDBOX_SECURITY + "namespace_options.userns_options.mode", "NODE"),
            Map.entry(SANDBOX_SECURITY + "seccomp_profile_path", "localhost//profile.json"),
            Map.entry("CreateContainer.config.devices.permissions", "rwm"),
            Map.entry("CreateContainer.config.log_path", "c/0.log"),
            Map.entry("CreateContainer.config.image.image", "nginx"),
            Map.entry(SECURITY + "namespace_options.network", "NODE"),
            Map.entry(SECURITY + "namespace_options.userns_options.mode", "NODE"),
            Map.entry(SECURITY + "seccomp_profile_path", "localhost//profile.json"),
            Map.entry(SECURITY + "apparmor_profile", "localhost/mine"),
            Map.entry("Exec.stdin", false),
            Map.entry("Attach.stdin", false),
            Map.entry("PullImage.image.image", "nginx"),
            Map.entry("PullImage.auth.auth", "dXNlcjpwYXNzd29yZA=="));

    record Case(RequestReader reader, RequestFields.Leaf leaf) {
        String path() {
            return reader.call() + "." + leaf.path();
        }

        Message before() throws TextFormat.ParseException {
            Message.Builder builder = reader.least().toBuilder();
            Optional<String> more = longest(TOGETHER_WITH, path());
            if (more.isPresent()) {
                TextFormat.merge(more.get(), builder);
            }
            return builder.build();
        }

        Message after() throws TextFormat.ParseException {
            return RequestFields.with(before(), leaf, value());
        }

        private Object value() {
            Object value = VALUES.get(path());
            if (value == null) {
                return RequestFields.anyValue(leaf.field());
            }
            boolean isEnum = leaf.field().getJavaType() == FieldDescriptor.JavaType.ENUM;
            return isEnum ? leaf.field().getEnumType().findValueByName(value.toString()) : value;
        }

        @Override
        public String toString() {
            return path();
        }
    }

    static List<Case> cases() {
        return RequestReader.all().stream()
                .flatMap(reader -> RequestFields.leaves(reader.least().getDescriptorForType()).stream()
                        .map(leaf -> new Case(reader, leaf)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fieldIsHonouredOrRefusedByName(Case given) throws TextFormat.ParseException {
        Object before = given.reader().read().apply(given.before());
        Message after = given.after();
        if (longest(REFUSED, given.path()).isPresent()) {
            assertThatThrownBy(() -> given.reader().read().apply(after))
                    .isInstanceOfAny(Fault.Unsupported.class, Fault.InvalidArgument.class)
                    .message()
                    .satisfies(message -> assertThat(given.leaf().path())
                            .startsWith(
                                    message.substring(0, message.indexOf(':')).replaceAll("\\[0]", "")));
        } else if (longest(WITHOUT_EFFECT, given.path()).isPresent()) {
            assertThat(given.reader().read().apply(after)).isEqualTo(before);
        } else {
            assertThat(given.reader().read().apply(after)).isNotEqualTo(before);
        }
    }

    static Stream<Case> enums() {
        return cases().stream()
                .filter(given -> given.leaf().field().getJavaType() == FieldDescriptor.JavaType.ENUM)
                .filter(given -> longest(WITHOUT_EFFECT, given.path()).isEmpty()
                        || given.path().contains("policy"))
                .filter(given -> !given.path().contains("sandbox_config"))
                .filter(given -> longest(REFUSED, given.path()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("enums")
    void valueOfALaterVersionIsRefusedByName(Case given) throws TextFormat.ParseException {
        EnumValueDescriptor unknown = given.leaf().field().getEnumType().findValueByNumberCreatingIfUnknown(99);
        Message message = RequestFields.with(given.before(), given.leaf(), unknown);
        assertThatThrownBy(() -> given.reader().read().apply(message))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("99");
    }

    @Test
    void theTablesNameNoFieldThatIsNotThere() {
        List<String> paths = cases().stream().map(Case::path).toList();
        Set<String> named = new HashSet<>(REFUSED.keySet());
        named.addAll(WITHOUT_EFFECT.keySet());
        named.addAll(TOGETHER_WITH.keySet());
        named.addAll(VALUES.keySet());
        assertThat(named).allSatisfy(name -> assertThat(paths).anyMatch(path -> path.startsWith(name)));
    }

    @Test
    void everyCallIsOneOfCri() {
        Set<String> calls = new HashSet<>();
        for (ServiceDescriptor service :
                RunPodSandboxRequest.getDescriptor().getFile().getServices()) {
            service.getMethods()
                    .forEach(method -> calls.add(
                            method.getName() + " " + method.getInputType().getName()));
        }
        assertThat(RequestReader.all())
                .hasSize(29)
                .allSatisfy(reader -> assertThat(calls)
                        .contains(reader.call() + " "
                                + reader.least().getDescriptorForType().getName()));
    }

    @Test
    void thereAreFieldsToLookAt() {
        assertThat(cases()).hasSizeGreaterThan(300);
    }

    private static <T> Optional<T> longest(Map<String, T> table, String path) {
        return table.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue);
    }
}
