package io.carafe.storage.overlayfs;

import io.carafe.linux.file.FileEntry;
import io.carafe.linux.file.FileStatus;
import io.carafe.linux.file.FileType;
import io.carafe.linux.file.RootedDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Gives directories that a layer's archive has files in but does not describe the owner, mode and attributes that a lower layer
 * gave them. Overlayfs shows those of the topmost layer that has the directory, and layers are unpacked without a look at each
 * other; so the snapshot's upper directory, the topmost of all, gets the directory as it should be. Most images need this for
 * their root alone.
 */
final class InheritedDirectories {
    private static final String OVERLAY_ATTRIBUTES = "trusted.overlay.";

    private InheritedDirectories() {}

    /** One layer, with what its facts say. */
    record Layer(Path diff, LayerFacts facts) {}

    /** @param layers topmost first */
    static void write(List<Layer> layers, Path upper) {
        SortedSet<String> paths = new TreeSet<>();
        layers.forEach(layer -> layer.facts().implicitDirectories().forEach(path -> addWithParents(paths, path)));
        paths.add("");
        try (RootedDirectory root = RootedDirectory.open(upper)) {
            for (String path : paths) {
                Optional<Layer> describing = describing(layers, path);
                if (describing.isPresent()) {
                    copy(describing.get().diff(), path, root);
                }
            }
        }
    }

    /** The topmost layer that describes a directory, if one above it has the directory too and does not. */
    private static Optional<Layer> describing(List<Layer> layers, String path) {
        boolean covered = path.isEmpty();
        for (Layer layer : layers) {
            boolean described = !layer.facts().implicitDirectories().contains(path);
            Optional<FileType> type = type(layer.diff(), path);
            if (type.isEmpty()) {
                continue;
            }
            if (type.get() != FileType.DIRECTORY) {
                return Optional.empty();
            }
            if (described) {
                return covered ? Optional.of(layer) : Optional.empty();
            }
            covered = true;
        }
        return Optional.empty();
    }

    private static Optional<FileType> type(Path diff, String path) {
        try (RootedDirectory root = RootedDirectory.open(diff)) {
            if (!path.isEmpty() && !root.isDirectory(parent(path))) {
                return Optional.empty();
            }
            try (FileEntry entry = root.entry(path)) {
                return entry.status().map(FileStatus::type);
            }
        }
    }

    private static void copy(Path diff, String path, RootedDirectory upper) {
        upper.makeDirectories(path);
        try (RootedDirectory layer = RootedDirectory.open(diff);
                FileEntry from = layer.entry(path);
                FileEntry to = upper.entry(path)) {
            Optional<FileStatus> status = from.status();
            if (status.isEmpty()) {
                return;
            }
            to.setOwner(status.get().user(), status.get().group());
            to.setMode(status.get().mode());
            for (String attribute : from.attributes()) {
                Optional<byte[]> value = from.attribute(attribute);
                if (value.isPresent() && !attribute.startsWith(OVERLAY_ATTRIBUTES)) {
                    to.setAttribute(attribute, value.get());
                }
            }
            to.setModified(status.get().modified());
        }
    }

    private static void addWithParents(SortedSet<String> paths, String path) {
        if (!path.isEmpty() && paths.add(path)) {
            addWithParents(paths, parent(path));
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
