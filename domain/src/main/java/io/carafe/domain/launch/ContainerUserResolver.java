package io.carafe.domain.launch;

import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.container.SupplementalGroupsPolicy;
import io.carafe.domain.fault.Fault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds out as whom a container runs: the request's user, else the image's ("", "uid", "name", "uid:gid", "name:group"), looked
 * up in the image's own files. Source: CRI LinuxContainerSecurityContext, image-spec config.md, passwd(5), group(5).
 */
public final class ContainerUserResolver {
    /** The largest id that is not "leave as it is". */
    private static final long MAX_ID = 0xFFFF_FFFEL;

    private ContainerUserResolver() {}

    /**
     * @param etcPasswd text of the image's /etc/passwd, empty if it has none; likewise {@code etcGroup}
     * @return the groups with the primary one first
     * @throws Fault.InvalidArgument if a name is unknown, an id is out of range
     */
    public static ContainerUser resolve(
            ContainerSecurity security, String imageUser, Optional<String> etcPasswd, Optional<String> etcGroup) {
        int colon = imageUser.indexOf(':');
        String imagesUser = colon < 0 ? imageUser : imageUser.substring(0, colon);
        String imagesGroup = colon < 0 ? "" : imageUser.substring(colon + 1);
        UserFiles files = new UserFiles(etcPasswd, etcGroup);

        String user = requestedUser(security, imagesUser);
        OptionalLong number = user.isEmpty() ? OptionalLong.of(0) : id(user);
        // a username of the request has to exist, even one that is a number; an image's number stands for itself
        Optional<UserFiles.User> entry =
                number.isEmpty() || !security.runAsUsername().isEmpty()
                        ? Optional.of(files.user(user))
                        : files.user(number.getAsLong());
        long uid = entry.map(UserFiles.User::uid).orElseGet(() -> inRange(number.orElse(0)));
        long gid = security.runAsGroup().isPresent()
                ? inRange(security.runAsGroup().getAsLong())
                // the kubelet sends the image's user back as its own wish; the group written beside it still holds then
                : !imagesGroup.isEmpty() && user.equals(imagesUser)
                        ? group(imagesGroup, files)
                        : entry.map(UserFiles.User::gid).orElse(0L);
        Set<Long> groups = new LinkedHashSet<>();
        groups.add(gid);
        if (security.supplementalGroupsPolicy() == SupplementalGroupsPolicy.MERGE && entry.isPresent()) {
            groups.addAll(files.groupsOf(entry.get().name()));
        }
        security.supplementalGroups().forEach(id -> groups.add(inRange(id)));
        return new ContainerUser(uid, gid, List.copyOf(groups));
    }

    private static String requestedUser(ContainerSecurity security, String imagesUser) {
        if (security.runAsUser().isPresent()) {
            return Long.toString(security.runAsUser().getAsLong());
        }
        return security.runAsUsername().isEmpty() ? imagesUser : security.runAsUsername();
    }

    private static long group(String group, UserFiles files) {
        OptionalLong number = id(group);
        return number.isPresent() ? inRange(number.getAsLong()) : files.group(group);
    }

    private static OptionalLong id(String text) {
        return text.matches("-?[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static long inRange(long id) {
        if (id < 0 || id > MAX_ID) {
            throw new Fault.InvalidArgument("user or group id " + id + " is not between 0 and " + MAX_ID);
        }
        return id;
    }
}
