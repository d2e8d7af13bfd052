package io.carafe.ports.tck.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The host's busybox that needs no library, of which the kits make the root file system of their containers. */
public final class StaticBusybox {
    private static final List<Path> PLACES = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));
    /** Of a program that names its loader, in elf(5). */
    private static final int PT_INTERP = 3;

    private static final int PROGRAM_HEADERS_OFFSET = 0x20;
    private static final int PROGRAM_HEADER_SIZE = 0x36;
    private static final int PROGRAM_HEADER_COUNT = 0x38;
    private static final int BEGINNING = 4096;

    private StaticBusybox() {}

    /** @return empty if the host has none; Debian's is in the package busybox-static */
    public static Optional<Path> find() {
        return find(PLACES);
    }

    static Optional<Path> find(List<Path> places) {
        return places.stream()
                .filter(Files::isExecutable)
                .filter(StaticBusybox::isStatic)
                .findFirst();
    }

    /** By its program headers: 64 bits, and in the first page, where every linker puts them. */
    private static boolean isStatic(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer elf = ByteBuffer.allocate(BEGINNING).order(ByteOrder.LITTLE_ENDIAN);
            while (elf.hasRemaining() && channel.read(elf) >= 0) {
                // on to the end of the page
            }
            if (elf.position() < BEGINNING || elf.getInt(0) != 0x464c457f) {
                return false;
            }
            int at = (int) elf.getLong(PROGRAM_HEADERS_OFFSET);
            for (int i = 0; i < elf.getShort(PROGRAM_HEADER_COUNT); i++) {
                if (elf.getInt(at + i * elf.getShort(PROGRAM_HEADER_SIZE)) == PT_INTERP) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
