package io.carafe.storage.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.ImageConfig;
import io.carafe.ports.image.ImageConfigs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses image configurations by hand, because builders leave out, or set to null, whatever is empty.
 *
 * <p>Source: image-spec v1.1 config.md.
 */
public final class FileImageConfigs implements ImageConfigs {
    private final JsonMapper mapper = new JsonMapper();

    @Override
    public ImageConfig parse(byte[] json) {
        try {
            JsonNode image = mapper.readTree(json);
            if (!image.isObject()) {
                throw corrupt("it is not a JSON object");
            }
            String os = text(image, "os");
            if (!os.isEmpty() && !os.equals("linux")) {
                throw corrupt("it is for the operating system " + os + "; pull the image for linux");
            }
            JsonNode rootfs = member(image, "rootfs");
            if (!rootfs.has("diff_ids")) {
                throw corrupt("it has no rootfs.diff_ids");
            }
            JsonNode config = member(image, "config");
            return new ImageConfig(
                    text(config, "User"),
                    texts(config, "Env"),
                    texts(config, "Entrypoint"),
                    texts(config, "Cmd"),
                    text(config, "WorkingDir"),
                    Optional.of(text(config, "StopSignal")).filter(signal -> !signal.isEmpty()),
                    names(member(config, "Volumes")),
                    labels(member(config, "Labels")),
                    diffIds(rootfs));
        } catch (IOException e) {
            throw new Fault.Corrupt("parse image configuration: it is not JSON: " + e.getMessage(), e);
        }
    }

    private static List<Digest> diffIds(JsonNode rootfs) {
        try {
            return texts(rootfs, "diff_ids").stream().map(Digest::new).toList();
        } catch (Fault.InvalidArgument e) {
            throw new Fault.Corrupt("parse image configuration: rootfs.diff_ids: " + e.getMessage(), e);
        }
    }

    /** The object of that name; an empty one where it is absent or null. */
    private static JsonNode member(JsonNode node, String name) {
        JsonNode member = node.path(name);
        if (member.isMissingNode() || member.isNull()) {
            return MissingNode.getInstance();
        }
        if (!member.isObject()) {
            throw corrupt(name + " is not an object");
        }
        return member;
    }

    private static String text(JsonNode node, String name) {
        JsonNode member = node.path(name);
        if (member.isMissingNode() || member.isNull()) {
            return "";
        }
        return string(name, member);
    }

    private static List<String> texts(JsonNode node, String name) {
        JsonNode member = node.path(name);
        if (member.isMissingNode() || member.isNull()) {
            return List.of();
        }
        if (!member.isArray()) {
            throw corrupt(name + " is not an array");
        }
        List<String> texts = new ArrayList<>();
        member.forEach(element -> texts.add(string(name, element)));
        return texts;
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new HashMap<>();
        node.properties().forEach(label -> labels.put(label.getKey(), string("Labels", label.getValue())));
        return labels;
    }

    private static String string(String name, JsonNode node) {
        if (!node.isTextual()) {
            throw corrupt(name + " holds " + node.getNodeType() + " where text belongs");
        }
        return node.textValue();
    }

    private static Fault corrupt(String problem) {
        return new Fault.Corrupt("parse image configuration: " + problem);
    }
}
