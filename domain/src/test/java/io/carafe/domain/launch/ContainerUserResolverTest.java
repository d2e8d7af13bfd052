package io.carafe.domain.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.carafe.domain.container.Capabilities;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.container.SupplementalGroupsPolicy;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.NamespaceOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerUserResolverTest {
    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            # a comment
            broken line
            nobody:x:65534:65533:nobody:/:/bin/false
            app:x:1000:1001::/home/app:/bin/sh
            """;
    private static final String GROUP = """
            root:x:0:
            wheel:x:10:root,app
            app:x:1001:
            data:x:50000:app
            """;
    private static final OptionalLong UNSET = OptionalLong.empty();

    static Stream<Arguments> images() {
        return Stream.of(
                arguments("", user(0, 0, 10)),
                arguments("0", user(0, 0, 10)),
                arguments("root", user(0, 0, 10)),
                arguments("app", user(1000, 1001, 10, 50000)),
                arguments("1000", user(1000, 1001, 10, 50000)),
                arguments("app:wheel", user(1000, 10, 50000)),
                arguments("app:7", user(1000, 7, 10, 50000)),
                arguments("1000:1000", user(1000, 1000, 10, 50000)),
                arguments("4242", user(4242, 0)),
                arguments("4242:data", user(4242, 50000)),
                arguments(":data", user(0, 50000, 10)),
                arguments("4294967294", user(4294967294L, 0)),
                arguments("nobody", user(65534, 65533)));
    }

    @ParameterizedTest
    @MethodSource("images")
    void imageUserIsLookedUpInTheImage(String imageUser, ContainerUser expected) {
        assertThat(resolve(security(UNSET, UNSET, ""), imageUser)).isEqualTo(expected);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments(security(of(1000), UNSET, ""), "", user(1000, 1001, 10, 50000)),
                arguments(security(of(1000), of(1000), ""), "", user(1000, 1000, 10, 50000)),
                arguments(security(of(4242), UNSET, ""), "app:data", user(4242, 0)),
                arguments(security(of(0), UNSET, ""), "app", user(0, 0, 10)),
                arguments(security(UNSET, UNSET, "nobody"), "app", user(65534, 65533)),
                arguments(security(UNSET, of(5), "nobody"), "app", user(65534, 5)),
                // the kubelet sends the image's own user back; its group must not be lost
                arguments(security(of(4242), UNSET, ""), "4242:data", user(4242, 50000)),
                arguments(security(UNSET, UNSET, "nobody"), "nobody:data", user(65534, 50000)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestWinsOverTheImage(ContainerSecurity security, String imageUser, ContainerUser expected) {
        assertThat(resolve(security, imageUser)).isEqualTo(expected);
    }

    @Test
    void mergeAddsTheImagesGroupsAndStrictDoesNot() {
        assertThat(resolve(security(of(1000), of(1000), "", SupplementalGroupsPolicy.MERGE, 1234, 10), ""))
                .isEqualTo(user(1000, 1000, 10, 50000, 1234));
        assertThat(resolve(security(of(1000), of(1000), "", SupplementalGroupsPolicy.STRICT, 1234, 10), ""))
                .isEqualTo(user(1000, 1000, 1234, 10));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(security(UNSET, UNSET, "ghost"), "", "user 'ghost' is not in the image's /etc/passwd"),
                arguments(security(UNSET, UNSET, "1000"), "", "user '1000' is not in the image's /etc/passwd"),
                arguments(security(UNSET, UNSET, ""), "ghost", "user 'ghost' is not in the image's /etc/passwd"),
                arguments(security(UNSET, UNSET, ""), "app:ghosts", "group 'ghosts' is not in the image's /etc/group"),
                arguments(security(UNSET, UNSET, ""), "4294967295", "id 4294967295 is not between"),
                arguments(security(of(-1), UNSET, ""), "", "id -1 is not between"),
                arguments(security(of(1), of(-2), ""), "", "id -2 is not between"),
                arguments(security(UNSET, UNSET, "", SupplementalGroupsPolicy.MERGE, -3), "", "id -3 is not between"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatCannotBe(ContainerSecurity security, String imageUser, String message) {
        assertThatThrownBy(() -> resolve(security, imageUser))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(message);
    }

    @Test
    void contradictionsAreRefusedInTheRequest() {
        assertThatThrownBy(() -> security(UNSET, of(5), ""))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("run_as_group 5 is set without run_as_user");
        assertThatThrownBy(() -> security(of(1), UNSET, "app"))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("run_as_user 1 and run_as_username 'app' are both set");
    }

    @Test
    void imageWithoutFilesKnowsNumbersOnly() {
        assertThat(ContainerUserResolver.resolve(security(of(7), UNSET, ""), "", Optional.empty(), Optional.empty()))
                .isEqualTo(user(7, 0));
        assertThatThrownBy(() -> ContainerUserResolver.resolve(
                        security(UNSET, UNSET, ""), "app", Optional.empty(), Optional.empty()))
                .hasMessageContaining("the image has no /etc/passwd; give a number");
        assertThatThrownBy(() -> ContainerUserResolver.resolve(
                        security(UNSET, UNSET, ""), "1:data", Optional.of(PASSWD), Optional.empty()))
                .hasMessageContaining("the image has no /etc/group; give a number");
    }

    private static ContainerUser resolve(ContainerSecurity security, String imageUser) {
        return ContainerUserResolver.resolve(security, imageUser, Optional.of(PASSWD), Optional.of(GROUP));
    }

    /** The primary group counts as one of the groups. */
    private static ContainerUser user(long uid, long gid, long... groups) {
        return new ContainerUser(
                uid,
                gid,
                Stream.concat(Stream.of(gid), Arrays.stream(groups).boxed()).toList());
    }

    private static OptionalLong of(long id) {
        return OptionalLong.of(id);
    }

    private static ContainerSecurity security(OptionalLong user, OptionalLong group, String name) {
        return security(user, group, name, SupplementalGroupsPolicy.MERGE);
    }

    private static ContainerSecurity security(
            OptionalLong user, OptionalLong group, String name, SupplementalGroupsPolicy policy, long... groups) {
        return new ContainerSecurity(
                Capabilities.DEFAULT,
                false,
                NamespaceOptions.POD_DEFAULT,
                user,
                group,
                name,
                false,
                Arrays.stream(groups).boxed().toList(),
                policy,
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
