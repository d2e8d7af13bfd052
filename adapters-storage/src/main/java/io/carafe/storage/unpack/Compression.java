package io.carafe.storage.unpack;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * How a layer is compressed. The first bytes decide and not the media type, because some builders name the wrong one and no tar
 * archive begins like this; the diff id will tell whether the result is what was meant.
 */
enum Compression {
    GZIP("1f8b") {
        @Override
        InputStream open(SourceStream in) throws IOException {
            return new GZIPInputStream(in, BUFFER);
        }
    },
    ZSTD("28b52ffd") {
        @Override
        InputStream open(SourceStream in) throws IOException {
            return new ZstdInputStream(in);
        }
    },
    NONE("") {
        @Override
        InputStream open(SourceStream in) {
            return in;
        }
    };

    private static final int BUFFER = 64 << 10;

    private final String magic;

    /** @param magic hex of the first bytes */
    Compression(String magic) {
        this.magic = magic;
    }

    abstract InputStream open(SourceStream in) throws IOException;

    static Compression of(SourceStream in) throws IOException {
        String start = HexFormat.of().formatHex(in.peek(4));
        for (Compression compression : values()) {
            if (start.startsWith(compression.magic)) {
                return compression;
            }
        }
        return NONE;
    }
}
