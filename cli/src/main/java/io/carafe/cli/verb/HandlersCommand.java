package io.carafe.cli.verb;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.carafe.cli.text.JsonText;
import io.carafe.cli.text.TextTable;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.StatusResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code carafe handlers}: the runtime handlers, what each can do and why not the rest. Carafe tells it in its verbose status
 * ({@code info["handlers"]}); of other runtimes there are only the names and two features that CRI has.
 */
public final class HandlersCommand implements Verb {
    @Override
    public String name() {
        return "handlers";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Shows the runtime handlers, whether each can be used, and how many of the features it has; -l names them.");
        spec.addOption(Options.flag("Every feature with the reason of its absence.", "-l", "--long"))
                .addOption(Options.output());
    }

    @Override
    public int run(ParseResult parsed, Session session) {
        var response = session.client()
                .runtime()
                .status(StatusRequest.newBuilder().setVerbose(true).build());
        var own = Optional.of(response.getInfoOrDefault("handlers", "")).flatMap(JsonText::list);
        if (Options.json(parsed)) {
            session.console().out().println(JsonText.of(own.orElseGet(() -> ofCri(response))));
            return 0;
        }
        var handlers = own.orElseGet(() -> ofCri(response)).getValuesList();
        var table = Options.isSet(parsed, "-l") ? features(handlers) : overview(handlers);
        session.console().out().print(table.text());
        Optional.of(response.getInfoOrDefault("configuration", ""))
                .flatMap(JsonText::struct)
                .map(HandlersCommand::notices)
                .ifPresent(lines -> lines.forEach(session.console().err()::println));
        return 0;
    }

    /** What of the configuration that the daemon was asked to take up last it has not taken up. */
    private static List<String> notices(Struct configuration) {
        var lines = new ArrayList<String>();
        var waiting = strings(configuration, "needsRestart");
        if (!waiting.isEmpty()) {
            lines.add("changed since the daemon was started, and taken up by a restart only: "
                    + String.join(", ", waiting));
        }
        var refused = configuration.getFieldsOrDefault("refused", none()).getStructValue();
        if (refused.getFieldsCount() > 0) {
            lines.add("the configuration of " + string(refused, "at") + " is refused, that of "
                    + string(configuration, "readAt") + " stays in force:");
            strings(refused, "problems").forEach(problem -> lines.add("  " + problem));
        }
        return lines;
    }

    private static List<String> strings(Struct fields, String key) {
        return fields.getFieldsOrDefault(key, none()).getListValue().getValuesList().stream()
                .map(Value::getStringValue)
                .toList();
    }

    private static TextTable overview(List<Value> handlers) {
        var table = new TextTable("HANDLER", "PROVIDER", "AVAILABLE", "VERSION", "FEATURES", "REASON");
        for (var value : handlers) {
            var handler = value.getStructValue();
            table.row(
                    string(handler, "name"),
                    string(handler, "jar").isEmpty() ? string(handler, "provider") : string(handler, "jar"),
                    bool(handler, "available") ? "yes" : "NO",
                    string(handler, "version"),
                    count(handler.getFieldsOrDefault("features", none()).getStructValue()),
                    string(handler, "reason"));
        }
        return table;
    }

    /** Their names would make lines that no window holds; {@code -l} has them. */
    private static String count(Struct features) {
        long supported = features.getFieldsMap().values().stream()
                .filter(feature -> bool(feature.getStructValue(), "supported"))
                .count();
        return features.getFieldsCount() == 0 ? "" : supported + " of " + features.getFieldsCount();
    }

    private static TextTable features(List<Value> handlers) {
        var table = new TextTable("HANDLER", "FEATURE", "SUPPORTED", "REASON");
        for (var value : handlers) {
            var handler = value.getStructValue();
            handler.getFieldsOrDefault("features", none()).getStructValue().getFieldsMap().entrySet().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(entry -> table.row(
                            string(handler, "name"),
                            entry.getKey(),
                            bool(entry.getValue().getStructValue(), "supported") ? "yes" : "NO",
                            string(entry.getValue().getStructValue(), "reason")));
        }
        return table;
    }

    /** The same shape, of what plain CRI tells. */
    private static ListValue ofCri(StatusResponse response) {
        var list = ListValue.newBuilder();
        for (var handler : response.getRuntimeHandlersList()) {
            var features = handler.getFeatures();
            list.addValues(struct(Struct.newBuilder()
                    .putFields("name", text(handler.getName().isEmpty() ? "(default)" : handler.getName()))
                    .putFields("available", bool(true))
                    .putFields(
                            "features",
                            struct(Struct.newBuilder()
                                    .putFields("RECURSIVE_READ_ONLY", supported(features.getRecursiveReadOnlyMounts()))
                                    .putFields("USER_NAMESPACES", supported(features.getUserNamespaces()))))));
        }
        return list.build();
    }

    private static Value supported(boolean supported) {
        return struct(Struct.newBuilder().putFields("supported", bool(supported)));
    }

    private static Value struct(Struct.Builder fields) {
        return Value.newBuilder().setStructValue(fields).build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value bool(boolean bool) {
        return Value.newBuilder().setBoolValue(bool).build();
    }

    private static Value none() {
        return Value.getDefaultInstance();
    }

    private static String string(Struct fields, String key) {
        return fields.getFieldsOrDefault(key, none()).getStringValue();
    }

    private static boolean bool(Struct fields, String key) {
        return fields.getFieldsOrDefault(key, none()).getBoolValue();
    }
}
