package io.carafe.storage.unpack;

import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.resource.Bytes;
import io.carafe.ports.tck.TckLayer;
import io.carafe.ports.tck.TckTasks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks into a directory. */
abstract class UnpackFixture {
    static final String MEDIA_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    @TempDir
    Path directory;

    Path target;

    @BeforeEach
    void makeTarget() throws IOException {
        target = Files.createDirectory(directory.resolve("diff"));
    }

    final UnpackedLayer unpack(TckLayer layer) throws InterruptedException {
        return unpack(layer.gzip(), layer.diffId());
    }

    final UnpackedLayer unpack(byte[] compressed, Digest diffId) throws InterruptedException {
        return unpack(new ByteArrayInputStream(compressed), diffId, target);
    }

    static UnpackedLayer unpack(InputStream compressed, Digest diffId, Path target) throws InterruptedException {
        Descriptor descriptor = new Descriptor(MEDIA_TYPE, Digest.sha256("00".repeat(32)), new Bytes(1));
        return new LayerUnpack(new TckTasks()).unpack(descriptor, diffId, compressed, target);
    }
}
