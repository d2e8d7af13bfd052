package io.carafe.cni;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandboxId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The attachments that may exist, one file each, named {@code SANDBOX-eth0}: a line with format and checksum, then JSON.
 *
 * <p>Crash: a file is there in whole or not at all; what {@link #save} has written is there after a power cut.
 * <p>Concurrency: safe for distinct pods.
 */
final class AttachmentStore {
    private static final String FORMAT = "carafe-cni-1 ";

    private final Path directory;
    private final Path unreadable;

    AttachmentStore(Path stateDirectory) {
        directory = stateDirectory.resolve("attachments");
        unreadable = stateDirectory.resolve("unreadable");
        try {
            Files.createDirectories(directory);
            Files.createDirectories(unreadable);
            try (var unfinished = Files.newDirectoryStream(directory, "*" + DurableFile.UNFINISHED)) {
                for (Path file : unfinished) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new Fault.Unavailable("prepare the records of pod networks in " + stateDirectory + ": " + e, e);
        }
    }

    void save(CniAttachment attachment) {
        byte[] json = attachment.toBytes();
        byte[] head = (FORMAT + sha256(json) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] content = Arrays.copyOf(head, head.length + json.length);
        System.arraycopy(json, 0, content, head.length, json.length);
        Path file = directory.resolve(attachment.key().toString());
        try {
            DurableFile.write(file, content);
        } catch (IOException e) {
            throw ofWrite("write down the network of pod sandbox " + attachment.id() + " to " + file, e);
        }
    }

    /**
     * Empty if there is none.
     *
     * @throws Fault.Corrupt if the file is not what was written
     */
    Optional<CniAttachment> find(AttachmentKey key) {
        Path file = directory.resolve(key.toString());
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Fault.Unavailable("read " + file + ": " + e, e);
        }
        String head = FORMAT + "0".repeat(64) + "\n";
        if (content.length <= head.length()) {
            throw new Fault.Corrupt(file + " is cut short");
        }
        byte[] json = Arrays.copyOfRange(content, head.length(), content.length);
        String expected = FORMAT + sha256(json) + "\n";
        if (!expected.equals(new String(content, 0, head.length(), StandardCharsets.ISO_8859_1))) {
            throw new Fault.Corrupt(file + " does not have the format or the checksum that it was written with");
        }
        try {
            return Optional.of(CniAttachment.fromBytes(json));
        } catch (Fault.InvalidArgument fault) {
            throw new Fault.Corrupt(file + ": " + fault.getMessage(), fault);
        }
    }

    void remove(AttachmentKey key) {
        Path file = directory.resolve(key.toString());
        try {
            DurableFile.delete(file);
        } catch (IOException e) {
            throw new Fault.Unavailable("remove " + file + ": " + e, e);
        }
    }

    /** Takes an unreadable file out of the way, for people to look at. */
    void setAside(AttachmentKey key) {
        try {
            Files.move(directory.resolve(key.toString()), unreadable.resolve(key.toString()));
        } catch (IOException e) {
            throw new Fault.Unavailable(
                    "move " + directory.resolve(key.toString()) + " to " + unreadable + ": " + e, e);
        }
    }

    /** The names of the files that were set aside. */
    List<String> unreadable() {
        try (var stream = Files.newDirectoryStream(unreadable)) {
            List<String> names = new ArrayList<>();
            stream.forEach(file -> names.add(String.valueOf(file.getFileName())));
            names.sort(Comparator.naturalOrder());
            return List.copyOf(names);
        } catch (IOException | DirectoryIteratorException e) {
            throw new Fault.Unavailable("list " + unreadable + ": " + e, e);
        }
    }

    /** What a failed write is: the JDK keeps no error number, only the C library's words. */
    static Fault ofWrite(String attempted, IOException e) {
        String message = attempted + ": " + e;
        return message.contains("No space left") || message.contains("Disk quota exceeded")
                ? new Fault.Exhausted(message + "; free space or inodes", e)
                : new Fault.Unavailable(message, e);
    }

    /** The attachments of a pod, the one made first first. */
    List<AttachmentKey> of(PodSandboxId id) {
        return list(id + "-eth*");
    }

    List<AttachmentKey> all() {
        return list("*-eth*");
    }

    private List<AttachmentKey> list(String pattern) {
        try (var stream = Files.newDirectoryStream(directory, pattern)) {
            List<AttachmentKey> keys = new ArrayList<>();
            for (Path file : stream) {
                AttachmentKey.parse(String.valueOf(file.getFileName())).ifPresent(keys::add);
            }
            keys.sort(Comparator.comparingInt(AttachmentKey::index));
            return List.copyOf(keys);
        } catch (IOException | DirectoryIteratorException e) {
            throw new Fault.Unavailable("list " + directory + ": " + e, e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
