package io.carafe.streaming;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * The last word of a remote command, on its error stream: a Kubernetes Status as JSON.
 *
 * <p>Source: k8s.io/kubelet/pkg/cri/streaming/remotecommand, v4WriteStatusFunc.
 */
final class RemoteStatus {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int INTERNAL = 500;

    private RemoteStatus() {}

    static String success() {
        return write(_ -> {}, "Success");
    }

    static String exit(int code) {
        if (code == 0) {
            return success();
        }
        return write(
                json -> {
                    json.writeStringField("message", "command terminated with non-zero exit code: exit status " + code);
                    json.writeStringField("reason", "NonZeroExitCode");
                    causes(json, "ExitCode", Integer.toString(code));
                },
                "Failure");
    }

    static String failure(String why) {
        return write(
                json -> {
                    json.writeStringField("message", "Internal error occurred: " + why);
                    json.writeStringField("reason", "InternalError");
                    causes(json, "", why);
                    json.writeNumberField("code", INTERNAL);
                },
                "Failure");
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static void causes(JsonGenerator json, String reason, String message) throws IOException {
        json.writeObjectFieldStart("details");
        json.writeArrayFieldStart("causes");
        json.writeStartObject();
        if (!reason.isEmpty()) {
            json.writeStringField("reason", reason);
        }
        json.writeStringField("message", message);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String write(Fields fields, String status) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("metadata");
            json.writeEndObject();
            json.writeStringField("status", status);
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
