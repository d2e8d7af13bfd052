package io.carafe.storage.unpack;

import com.github.luben.zstd.ZstdIOException;
import io.carafe.domain.image.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipException;

/**
 * Decompresses a layer into a pipe and computes the digest of every uncompressed byte, also of those after the archive's end:
 * the half of the work that has a thread of its own.
 */
final class LayerStream implements Runnable {
    private final SourceStream source;
    private final BlockPipe pipe;
    private final String algorithm;
    private final MessageDigest digest;

    LayerStream(InputStream compressed, BlockPipe pipe, String algorithm) {
        this.source = new SourceStream(compressed);
        this.pipe = pipe;
        this.algorithm = algorithm;
        this.digest = messageDigest(algorithm);
    }

    @Override
    public void run() {
        boolean complete = false;
        IOException failure = new IOException("the thread that reads the layer has died");
        try (InputStream in = Compression.of(source).open(source)) {
            while (true) {
                BlockPipe.Block block = pipe.take();
                block.length = in.readNBytes(block.bytes, 0, block.bytes.length);
                if (block.length == 0) {
                    break;
                }
                digest.update(block.bytes, 0, block.length);
                pipe.put(block);
            }
            complete = true;
        } catch (InterruptedException _) {
            // the reader has given up
            Thread.currentThread().interrupt();
        } catch (ZipException | ZstdIOException | EOFException e) {
            failure = new BadArchive("it cannot be decompressed: " + e.getMessage(), e);
        } catch (IOException e) {
            failure = e;
        } finally {
            // a decompressor may have taken a failure of its source for its end
            if (source.failure().isPresent()) {
                pipe.fail(source.failure().get());
            } else if (complete) {
                pipe.end();
            } else {
                pipe.fail(failure);
            }
        }
    }

    /** Of all bytes; only after the pipe's reader has come to the end. */
    Digest digest() {
        return new Digest(algorithm + ":" + HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256 and SHA-512", e);
        }
    }
}
