package io.carafe.oci.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.carafe.oci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What a runtime wrote to the file of {@code --log --log-format=json}: {@code {"level":"error","msg":"…","time":"…"}}. */
public record RuntimeLog(Path file) {
    private static final Json JSON = new Json();

    /** The message of the last error; empty if there is none or the log cannot be read. */
    public String lastError() {
        try {
            // runsc ends no line
            List<String> lines = Files.readString(file)
                    .replace("}{\"msg\":", "}\n{\"msg\":")
                    .lines()
                    .toList();
            for (String line : lines.reversed()) {
                String message = error(line);
                if (!message.isEmpty()) {
                    return message;
                }
            }
            return "";
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            return "(cannot read " + file + ": " + e.getMessage() + ")";
        }
    }

    private static String error(String line) {
        try {
            JsonNode entry = JSON.tree(line);
            String level = entry.path("level").asText();
            return level.equals("error") || level.equals("fatal")
                    ? entry.path("msg").asText()
                    : "";
        } catch (IOException e) {
            // a line cut off by a crash
            return "";
        }
    }
}
