package io.carafe.cli.verb;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Options and operands that verbs share, and how they are read. */
final class Options {
    private static final String TABLE = "table";
    private static final String JSON = "json";

    /** The formats that {@code -o} takes; picocli checks and completes them. */
    enum Format {
        table,
        json
    }

    enum OnlyFormat {
        json
    }

    private Options() {}

    static OptionSpec output() {
        return OptionSpec.builder("-o", "--output")
                .paramLabel("FORMAT")
                .type(Format.class)
                .defaultValue(TABLE)
                .description("'" + TABLE + "' (default) or '" + JSON + "'.")
                .build();
    }

    /** For a verb that has no table: it takes the option as others do, and no other value. */
    static OptionSpec jsonOnly() {
        return OptionSpec.builder("-o", "--output")
                .paramLabel("FORMAT")
                .type(OnlyFormat.class)
                .description("'" + JSON + "', which it is anyway.")
                .build();
    }

    static boolean json(ParseResult parsed) {
        return parsed.matchedOptionValue("-o", Format.table) == Format.json;
    }

    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .arity("0")
                .type(boolean.class)
                .description(description)
                .build();
    }

    static boolean isSet(ParseResult parsed, String name) {
        return parsed.matchedOptionValue(name, false);
    }

    static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .arity("1")
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static String text(ParseResult parsed, String name, String otherwise) {
        return parsed.matchedOptionValue(name, otherwise);
    }

    /** An option that may be given often. */
    static OptionSpec texts(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .arity("1")
                .type(String[].class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static String[] texts(ParseResult parsed, String name) {
        return parsed.matchedOptionValue(name, new String[0]);
    }

    static OptionSpec number(String label, int otherwise, String description, String... names) {
        return OptionSpec.builder(names)
                .arity("1")
                .type(int.class)
                .paramLabel(label)
                .defaultValue(String.valueOf(otherwise))
                .description(description)
                .build();
    }

    static int number(ParseResult parsed, String name, int otherwise) {
        return parsed.matchedOptionValue(name, otherwise);
    }

    /** One operand that must be there. */
    static PositionalParamSpec operand(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** One operand or more, and nothing else. */
    static PositionalParamSpec all(String label, String description) {
        return many("0..*", "1..*", label, description);
    }

    /** The operands after the first one: a command and its words. */
    static PositionalParamSpec command(String arity, String description) {
        return many("1..*", arity, "COMMAND", description);
    }

    private static PositionalParamSpec many(String index, String arity, String label, String description) {
        return PositionalParamSpec.builder()
                .index(index)
                .arity(arity)
                .type(String[].class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** What {@link #command} took; a "--" in front of it only ends the options. */
    static List<String> commandWords(ParseResult parsed) {
        var words = List.of(all(parsed, 1));
        return !words.isEmpty() && words.getFirst().equals("--") ? words.subList(1, words.size()) : words;
    }

    static String first(ParseResult parsed) {
        return parsed.matchedPositionalValue(0, "");
    }

    static String[] all(ParseResult parsed, int position) {
        return parsed.matchedPositionalValue(position, new String[0]);
    }
}
