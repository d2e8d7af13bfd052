package io.carafe.assembly.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.assembly.vendor.VendorBuild;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JARs that were really compiled against other contracts than those that are here. */
class PortsLinkageTest {
    private static final String HEAD = """
            package vendor;
            import io.carafe.ports.runtime.*;
            import io.carafe.ports.spi.*;
            import java.util.Set;
            """;

    @TempDir
    Path directory;

    @Test
    void jarAgainstTheseContractsFits() throws Exception {
        assertThat(misfit(VendorBuild.in(directory), VendorJar.source("good", "")))
                .isEmpty();
    }

    /** What is asked of vendors' classes holds for all there are, with all they use of the contracts. */
    @Test
    void adaptersOfOursWouldFitAsVendorsJars() throws Exception {
        Map<String, byte[]> entries = new TreeMap<>();
        for (String file : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Stream.of("adapters-runc", "adapters-gvisor", "adapters-kata", "support-oci", "support-linux")
                    .anyMatch(file::contains)) {
                entries.putAll(classes(Path.of(file)));
            }
        }
        Path jar = VendorBuild.jar(directory.resolve("ours.jar"), entries);

        assertThat(entries).hasSizeGreaterThan(200);
        assertThat(misfit(jar)).isEmpty();
    }

    @Test
    void methodThatWasAddedSinceIsMissed() throws Exception {
        VendorBuild older = against("RuntimeHandlerProvider", """
                package io.carafe.ports.runtime;
                import io.carafe.ports.spi.*;
                public interface RuntimeHandlerProvider {
                    String name();
                    Availability availability(Options options);
                    RuntimeHandler create(HandlerContext context);
                }
                """);

        String provider = VendorJar.source("old", "").replaceAll("public Set<String> optionNames.*", "");

        assertThat(misfit(older, provider))
                .containsExactly("vendor.VendorProvider does not implement "
                        + "io.carafe.ports.runtime.RuntimeHandlerProvider.optionNames()");
    }

    @Test
    void methodIsMissedAlsoByAClassThatInheritsWhatItHas() throws Exception {
        VendorBuild older = against("RuntimeHandlerProvider", """
                package io.carafe.ports.runtime;
                import io.carafe.ports.spi.*;
                public interface RuntimeHandlerProvider {
                    Availability availability(Options options);
                    RuntimeHandler create(HandlerContext context);
                }
                """);

        assertThat(misfit(older, HEAD + """
                        public final class VendorProvider extends Base {}
                        abstract class Base implements RuntimeHandlerProvider {
                            public Set<String> optionNames() { return Set.of(); }
                            public Availability availability(Options options) { return new Availability.Missing("no"); }
                            public RuntimeHandler create(HandlerContext context) { return null; }
                        }
                        """))
                .containsExactly(
                        "vendor.VendorProvider does not implement io.carafe.ports.runtime.RuntimeHandlerProvider.name()");
    }

    @Test
    void methodThatIsNotThereIsNamedWithItsParameters() throws Exception {
        VendorBuild newer = against("Options", """
                package io.carafe.ports.spi;
                public record Options(java.util.Map<String, String> values) {
                    public boolean flag(String name, boolean fallback) { return fallback; }
                    public boolean flag(String name, boolean[] some, java.util.List<String> more) { return true; }
                }
                """);

        assertThat(misfit(newer, VendorJar.source("new", "new Options(null).flag(\"a\", new boolean[1], null);")))
                .containsExactly("io.carafe.ports.spi.Options.flag(String, boolean[], List) is not there, "
                        + "but vendor.VendorProvider uses it");
    }

    @Test
    void fieldAndConstructorThatAreNotThereAreNamed() throws Exception {
        VendorBuild newer = against("Options", """
                package io.carafe.ports.spi;
                public record Options(java.util.Map<String, String> values) {
                    public static final Object MANY = new Object();
                    public Options(int number) { this(java.util.Map.of()); }
                    public boolean flag(String name, boolean fallback) { return fallback; }
                }
                """);

        assertThat(misfit(newer, VendorJar.source("new", "System.out.println(Options.MANY);")))
                .containsExactly("io.carafe.ports.spi.Options.MANY is not there, but vendor.VendorProvider uses it");
        assertThat(misfit(newer, VendorJar.source("new", "new Options(1);")))
                .containsExactly(
                        "io.carafe.ports.spi.Options.new(int) is not there, but vendor.VendorProvider uses it");
    }

    @Test
    void classThatIsNotThereOrNotForAdaptersIsNamed() throws Exception {
        VendorBuild newer = against("Brand", "package io.carafe.ports.spi; public class Brand {}");

        assertThat(misfit(newer, VendorJar.source("new", "System.out.println(new Brand[0]);")))
                .containsExactly(
                        "io.carafe.ports.spi.Brand is not there for adapters, but vendor.VendorProvider uses it");
        assertThat(misfit(
                        VendorBuild.in(directory),
                        VendorJar.source("peeping", "System.out.println(io.carafe.linux.process.Signals.class);")))
                .containsExactly("io.carafe.linux.process.Signals is not there for adapters, "
                        + "but vendor.VendorProvider uses it");
    }

    @Test
    void interfaceThatHasBecomeAClassIsNamed() throws Exception {
        VendorBuild older = against("Options", """
                package io.carafe.ports.spi;
                public interface Options { boolean flag(String name, boolean fallback); }
                """);

        assertThat(misfit(older, VendorJar.source("old", "")))
                .containsExactly("io.carafe.ports.spi.Options is a class now, but vendor.VendorProvider uses it");
    }

    @Test
    void lambdaForAnInterfaceOfAnotherMethodIsNamed() throws Exception {
        VendorBuild older = against("OutputBudget", """
                package io.carafe.ports.runtime;
                public interface OutputBudget { void take(int amount); }
                """);

        assertThat(misfit(older, VendorJar.source("old", "OutputBudget all = amount -> {}; System.out.println(all);")))
                .containsExactly("a lambda of vendor.VendorProvider does not implement "
                        + "io.carafe.ports.runtime.OutputBudget.take(Bytes)");
    }

    private VendorBuild against(String name, String source) throws Exception {
        return VendorBuild.in(directory).against(Map.of(name + ".java", source));
    }

    private List<String> misfit(VendorBuild build, String provider) throws Exception {
        return misfit(build.handler(
                directory.resolve("vendor.jar"), "vendor.VendorProvider", Map.of("VendorProvider.java", provider)));
    }

    private static List<String> misfit(Path file) throws Exception {
        try (JarFile jar = new JarFile(file.toFile())) {
            return new PortsLinkage(jar).misfit().stream().toList();
        }
    }

    private static Map<String, byte[]> classes(Path place) throws Exception {
        Map<String, byte[]> classes = new TreeMap<>();
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".class")).toList()) {
                    classes.put(place.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        } else {
            try (JarFile jar = new JarFile(place.toFile())) {
                for (JarEntry entry : jar.stream()
                        .filter(one -> one.getName().endsWith(".class"))
                        .toList()) {
                    classes.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        return classes;
    }
}
