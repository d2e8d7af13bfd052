package io.carafe.storage.overlayfs;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a layer's {@code layer.json} says, so that nothing has to be walked or read again.
 *
 * @param bytes what the layer takes on disk
 * @param implicitDirectories see {@link io.carafe.storage.unpack.UnpackedLayer}
 */
record LayerFacts(long bytes, long inodes, List<String> implicitDirectories, boolean opaqueRoot) {
    private static final String NAME = "layer.json";
    // names that are not UTF-8 are escaped, see CString
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    LayerFacts {
        implicitDirectories = List.copyOf(implicitDirectories);
    }

    static LayerFacts read(Path layer) throws IOException {
        return JSON.readValue(Files.readAllBytes(layer.resolve(NAME)), LayerFacts.class);
    }

    void write(Path layer) throws IOException {
        try (FileOutputStream out = new FileOutputStream(layer.resolve(NAME).toFile())) {
            out.write(JSON.writeValueAsBytes(this));
        }
    }
}
