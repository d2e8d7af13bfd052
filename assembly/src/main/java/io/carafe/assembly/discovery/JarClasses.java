package io.carafe.assembly.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes that a class of a vendor's JAR sees, by the rules of its class loader: ours, the JAR's own, the JDK's. */
final class JarClasses {
    private static final String SUFFIX = ".class";

    private final JarFile jar;
    private final Map<String, JarEntry> entries;
    private final Map<String, Optional<LinkedClass>> seen = new HashMap<>();

    JarClasses(JarFile jar) {
        this.jar = jar;
        this.entries = jar.versionedStream()
                .filter(entry -> entry.getName().endsWith(SUFFIX))
                .collect(Collectors.toMap(
                        entry -> name(entry.getName()), entry -> entry, (one, _) -> one, LinkedHashMap::new));
    }

    /** Whether it is of the contracts, whoever else has a class of that name. */
    static boolean isOurs(String name) {
        return ApiClassLoader.shows(name.replace('/', '.'))
                && JarClasses.class.getClassLoader().getResource(name + SUFFIX) != null;
    }

    /** The JAR's own classes, but those that hide behind ours. */
    List<String> own() {
        return entries.keySet().stream().filter(name -> !isOurs(name)).toList();
    }

    byte[] bytes(String own) throws IOException {
        try (InputStream in = jar.getInputStream(entries.get(own))) {
            return in.readAllBytes();
        }
    }

    Optional<LinkedClass> find(String name) {
        Optional<LinkedClass> known = seen.get(name);
        if (known == null) {
            known = read(name).map(ClassFile.of()::parse).map(LinkedClass::of);
            seen.put(name, known);
        }
        return known;
    }

    /** It and all classes and interfaces above it; empty if one of them is nowhere. */
    Optional<List<LinkedClass>> lineage(String name) {
        Set<String> above = new LinkedHashSet<>(Set.of(name));
        List<LinkedClass> lineage = new ArrayList<>();
        for (List<String> level = List.of(name); !level.isEmpty(); ) {
            List<LinkedClass> found =
                    level.stream().map(this::find).flatMap(Optional::stream).toList();
            if (found.size() < level.size()) {
                return Optional.empty();
            }
            lineage.addAll(found);
            level = found.stream()
                    .flatMap(one -> Stream.concat(one.superclass().stream(), one.interfaces().stream()))
                    .filter(above::add)
                    .toList();
        }
        return Optional.of(lineage);
    }

    private Optional<byte[]> read(String name) {
        try {
            if (isOurs(name)) {
                return resource(JarClasses.class.getClassLoader(), name);
            }
            return entries.containsKey(name)
                    ? Optional.of(bytes(name))
                    : resource(ClassLoader.getPlatformClassLoader(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> resource(ClassLoader loader, String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name + SUFFIX)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    private static String name(String entry) {
        return entry.substring(0, entry.length() - SUFFIX.length());
    }
}
