package io.carafe.streaming;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carafe.domain.process.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/** Reads {@code {"Width":80,"Height":24}}, one after the other. */
final class TerminalSizes {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LARGEST = 0xFFFF;

    private final InputStream in;
    private Optional<JsonParser> parser = Optional.empty();

    TerminalSizes(InputStream in) {
        this.in = in;
    }

    /** Waits for the next; empty at the end, or after what is no size. */
    Optional<TerminalSize> next() throws InterruptedException {
        try {
            if (parser.isEmpty()) {
                parser = Optional.of(JSON.createParser(in));
            }
            Optional<TerminalSize> size = read(parser.get());
            if (size.isEmpty()) {
                in.close();
            }
            return size;
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (IOException e) {
            closeQuietly();
            return Optional.empty();
        }
    }

    private static Optional<TerminalSize> read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        int width = 0;
        int height = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equalsIgnoreCase("width")) {
                width = json.getIntValue();
            } else if (name.equalsIgnoreCase("height")) {
                height = json.getIntValue();
            } else {
                json.skipChildren();
            }
        }
        return width < 0 || height < 0 || width > LARGEST || height > LARGEST
                ? Optional.empty()
                : Optional.of(new TerminalSize(width, height));
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException e) {
            // it has failed before
        }
    }
}
