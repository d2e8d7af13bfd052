package io.carafe.domain.launch;

import io.carafe.domain.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** /etc/passwd and /etc/group of an image. Lines that are not well-formed are skipped, as libc does. */
record UserFiles(Optional<String> passwd, Optional<String> groups) {
    record User(String name, long uid, long gid) {}

    private record Group(String name, long gid, List<String> members) {}

    User user(String name) {
        return findUser(user -> user.name().equals(name))
                .orElseThrow(() -> new Fault.InvalidArgument("user '" + name + "' " + missing(passwd, "/etc/passwd")));
    }

    Optional<User> user(long uid) {
        return findUser(user -> user.uid() == uid);
    }

    long group(String name) {
        return parsedGroups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .map(Group::gid)
                .orElseThrow(() -> new Fault.InvalidArgument("group '" + name + "' " + missing(groups, "/etc/group")));
    }

    /** The groups that list the user as a member. */
    List<Long> groupsOf(String user) {
        return parsedGroups().stream()
                .filter(group -> group.members().contains(user))
                .map(Group::gid)
                .toList();
    }

    private static String missing(Optional<String> file, String path) {
        return file.isEmpty()
                ? "cannot be looked up: the image has no " + path + "; give a number"
                : "is not in the image's " + path + "; give one that is, or a number";
    }

    private Optional<User> findUser(Predicate<User> wanted) {
        return lines(passwd)
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 4 && isId(fields[2]) && isId(fields[3]))
                .map(fields -> new User(fields[0], Long.parseLong(fields[2]), Long.parseLong(fields[3])))
                .filter(wanted)
                .findFirst();
    }

    private List<Group> parsedGroups() {
        return lines(groups)
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 4 && isId(fields[2]))
                .map(fields -> new Group(
                        fields[0],
                        Long.parseLong(fields[2]),
                        Arrays.stream(fields[3].split(",")).map(String::strip).toList()))
                .toList();
    }

    private static Stream<String> lines(Optional<String> file) {
        return file.orElse("").lines().map(String::strip).filter(line -> !line.startsWith("#"));
    }

    private static boolean isId(String text) {
        return text.matches("[0-9]{1,10}");
    }
}
