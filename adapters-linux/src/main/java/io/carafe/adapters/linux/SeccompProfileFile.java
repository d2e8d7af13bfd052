package io.carafe.adapters.linux;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.spec.OciSeccomp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A seccomp profile of the node. A field that we would not honour is refused: to leave it out would let through what it forbids.
 *
 * <p>Source: OCI runtime-spec, config-linux.md, "Seccomp".
 */
final class SeccompProfileFile {
    private static final Set<String> PROFILE_FIELDS =
            Set.of("defaultAction", "defaultErrnoRet", "architectures", "flags", "syscalls", "comment");
    private static final Set<String> SYSCALL_FIELDS = Set.of("names", "action", "errnoRet", "args", "comment");
    private static final Set<String> ARG_FIELDS = Set.of("index", "value", "valueTwo", "op");

    private final Path file;

    private SeccompProfileFile(Path file) {
        this.file = file;
    }

    static OciSeccomp read(Path file) {
        SeccompProfileFile profile = new SeccompProfileFile(file);
        try {
            return profile.parse(new ObjectMapper().readTree(Files.readString(file)));
        } catch (JsonProcessingException e) {
            throw new Fault.InvalidArgument(profile.attempted() + "it is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Fault.InvalidArgument(profile.attempted() + e + "; put the profile there", e);
        }
    }

    private OciSeccomp parse(JsonNode root) {
        refuseUnknown(root, "", PROFILE_FIELDS);
        List<OciSeccomp.Syscall> syscalls = new ArrayList<>();
        array(root, "syscalls").forEach(node -> syscalls.add(syscall(node, "syscalls[" + syscalls.size() + "]")));
        return new OciSeccomp(
                text(root, "", "defaultAction"),
                number(root, "defaultErrnoRet"),
                texts(root, "architectures"),
                texts(root, "flags"),
                syscalls);
    }

    private OciSeccomp.Syscall syscall(JsonNode node, String where) {
        refuseUnknown(node, where, SYSCALL_FIELDS);
        List<String> names = texts(node, "names");
        if (names.isEmpty()) {
            throw invalid(where + " has no names");
        }
        List<OciSeccomp.Arg> args =
                array(node, "args").map(arg -> arg(arg, where)).toList();
        return new OciSeccomp.Syscall(names, text(node, where, "action"), number(node, "errnoRet"), args);
    }

    private OciSeccomp.Arg arg(JsonNode node, String where) {
        refuseUnknown(node, where + ".args", ARG_FIELDS);
        if (!node.path("index").isInt() || !node.path("value").isIntegralNumber()) {
            throw invalid(where + ".args needs the numbers index and value");
        }
        JsonNode two = node.path("valueTwo");
        return new OciSeccomp.Arg(
                node.path("index").intValue(),
                unsigned(node.path("value")),
                two.isIntegralNumber() ? OptionalLong.of(unsigned(two)) : OptionalLong.empty(),
                text(node, where + ".args", "op"));
    }

    /** The kernel compares 64 bits without sign; what exceeds Long.MAX_VALUE is negative here. */
    private static long unsigned(JsonNode number) {
        return number.bigIntegerValue().longValue();
    }

    private String text(JsonNode node, String where, String field) {
        if (!node.path(field).isTextual()) {
            throw invalid((where.isEmpty() ? "" : where + ".") + field + " is missing or not a text");
        }
        return node.path(field).textValue();
    }

    private OptionalInt number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalInt.empty();
        }
        if (!value.isInt()) {
            throw invalid(field + " is not a number");
        }
        return OptionalInt.of(value.intValue());
    }

    private List<String> texts(JsonNode node, String field) {
        return array(node, field)
                .map(item -> {
                    if (!item.isTextual()) {
                        throw invalid(field + " holds something else than texts");
                    }
                    return item.textValue();
                })
                .toList();
    }

    private Stream<JsonNode> array(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
            throw invalid(field + " is not a list");
        }
        return value.valueStream();
    }

    private void refuseUnknown(JsonNode node, String where, Set<String> known) {
        if (!node.isObject()) {
            throw invalid((where.isEmpty() ? "the profile" : where) + " is not an object");
        }
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw invalid("field '" + field + "'" + (where.isEmpty() ? "" : " of " + where)
                        + " is not of the OCI runtime-spec, or not supported; take it out");
            }
        });
    }

    private Fault invalid(String problem) {
        return new Fault.InvalidArgument(attempted() + problem);
    }

    private String attempted() {
        return "read seccomp profile " + file + ": ";
    }
}
