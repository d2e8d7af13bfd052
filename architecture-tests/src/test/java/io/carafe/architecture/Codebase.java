package io.carafe.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All modules of the reactor: what was compiled, by module, and their sources. Imported in one go, so that a class of one module
 * sees those of the others.
 */
final class Codebase {
    /** Loaded once: importing takes seconds. */
    static final Codebase CARAFE = new Codebase(checkout());

    /** What protoc writes; it follows its own style. */
    static final String GENERATED_MODULE = "cri-api";

    private final Path root;
    private final List<String> modules;
    private final JavaClasses everything;
    private final Map<String, List<JavaClass>> main;
    private final Map<String, List<JavaClass>> tests;

    private Codebase(Path root) {
        this.root = root;
        this.modules = modules(root);
        List<Path> outputs = modules.stream()
                .flatMap(module -> Stream.of(output(module, "classes"), output(module, "test-classes")))
                .filter(Files::isDirectory)
                .toList();
        this.everything = new ClassFileImporter().importPaths(outputs);
        this.main = byModule("classes");
        this.tests = byModule("test-classes");
    }

    Path root() {
        return root;
    }

    List<String> modules() {
        return modules;
    }

    JavaClasses everything() {
        return everything;
    }

    /** The classes of a module that are shipped. */
    List<JavaClass> main(String module) {
        return main.getOrDefault(module, List.of());
    }

    List<JavaClass> tests(String module) {
        return tests.getOrDefault(module, List.of());
    }

    /** All shipped classes that we wrote. */
    Stream<JavaClass> written() {
        return modules.stream()
                .filter(module -> !module.equals(GENERATED_MODULE))
                .flatMap(module -> main(module).stream());
    }

    /** The module a shipped class is of. */
    Optional<String> moduleOf(JavaClass type) {
        return moduleOf(type, "classes");
    }

    /** All Java sources of a module's {@code src}. */
    List<Path> sources(String module) {
        try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (java.nio.file.NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, List<JavaClass>> byModule(String output) {
        return everything.stream()
                .filter(type -> moduleOf(type, output).isPresent())
                .collect(Collectors.groupingBy(
                        type -> moduleOf(type, output).orElseThrow(), TreeMap::new, Collectors.toList()));
    }

    private Optional<String> moduleOf(JavaClass type, String output) {
        Function<String, String> prefix =
                module -> output(module, output).toUri().toString();
        return type.getBaseComponentType()
                .getSource()
                .map(source -> source.getUri().toString())
                .flatMap(uri -> modules.stream()
                        .filter(module -> uri.startsWith(prefix.apply(module)))
                        .findFirst());
    }

    private Path output(String module, String output) {
        return root.resolve(module).resolve("target").resolve(output);
    }

    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("domain")) ? here : here.resolveSibling("");
    }

    private static List<String> modules(Path root) {
        try {
            Matcher matcher =
                    Pattern.compile("<module>(.*?)</module>").matcher(Files.readString(root.resolve("pom.xml")));
            List<String> found = new ArrayList<>();
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
            return List.copyOf(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
