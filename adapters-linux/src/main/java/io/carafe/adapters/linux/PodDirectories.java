package io.carafe.adapters.linux;

import io.carafe.domain.sandbox.PodSandboxId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A directory of directories, each named by the id of a pod; other names in it are not ours and are left alone. */
record PodDirectories(Path root) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    Path of(PodSandboxId id) {
        return root.resolve(id.value());
    }

    Set<PodSandboxId> list() throws IOException {
        Set<PodSandboxId> ids = new LinkedHashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (ID.matcher(name).matches()) {
                    ids.add(new PodSandboxId(name));
                }
            }
        } catch (NoSuchFileException e) {
            return Set.of();
        }
        return ids;
    }
}
