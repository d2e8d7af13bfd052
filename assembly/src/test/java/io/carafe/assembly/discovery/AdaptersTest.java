package io.carafe.assembly.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.status.AdapterProblem;
import io.carafe.assembly.vendor.VendorBuild;
import io.carafe.domain.fault.Fault;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JARs that come, change and go. */
class AdaptersTest {
    @TempDir
    Path directory;

    private Path adapters;
    private Path copies;
    private Path jar;
    private VendorJar vendor;

    @BeforeEach
    void dropAJarIn() throws Exception {
        adapters = Files.createDirectory(directory.resolve("adapters"));
        copies = directory.resolve("copies");
        vendor = new VendorJar(Files.createDirectory(directory.resolve("work")));
        jar = vendor.handler(adapters.resolve("fast.jar"), "fast", "");
    }

    @Test
    void jarIsCopiedByDigestAndItsProviderKnowsTheOriginal() throws Exception {
        Provider<RuntimeHandlerProvider> fast = fast(daemon());

        assertThat(copies()).containsExactly(fast.digest().replace(':', '-') + ".jar");
        assertThat(fast.source()).isEqualTo(jar.toString());
    }

    @Test
    void lookInPlaceWritesNothing() throws Exception {
        assertThat(fast(Adapters.inPlace()).digest()).startsWith("sha256:");
        assertThat(copies).doesNotExist();
    }

    @Test
    void jarThatIsOverwrittenGoesOnAsItWasAndTheNextLookFindsTheOther() throws Exception {
        Adapters daemon = daemon();
        Provider<RuntimeHandlerProvider> before = fast(daemon);
        Path other = vendor.handler(directory.resolve("other.jar"), "fast", "if (true) return Set.of(\"new\");");

        Files.write(jar, Files.readAllBytes(other)); // in place, as cp does it

        assertThat(before.service().optionNames()).containsExactly("speed");
        assertThat(fast(daemon).optionNames()).containsExactly("new");
        assertThat(daemon.kept(before.digest(), "fast"))
                .hasValueSatisfying(kept -> assertThat(kept.optionNames()).containsExactly("speed"));
    }

    @Test
    void sameContentHasOneClassLoader() throws Exception {
        Adapters daemon = daemon();

        assertThat(fast(daemon).service().getClass())
                .isSameAs(fast(daemon).service().getClass());
    }

    @Test
    void jarThatWasTakenAwayIsServedFromItsCopyByTheNextDaemonToo() throws Exception {
        String digest = fast(daemon()).digest();
        Files.delete(jar);

        Adapters next = daemon();

        assertThat(next.discover(adapters).handlers().find("fast")).isEmpty();
        assertThat(next.kept(digest, "fast")).isPresent();
        assertThat(next.kept(digest, "slow")).isEmpty();
        assertThat(next.kept("sha256:0", "fast")).isEmpty();
        assertThat(next.kept("", "fast")).isEmpty();
    }

    @Test
    void ofTwoJarsThatClashEachIsFoundByItsDigest() throws Exception {
        Adapters daemon = daemon();
        String digest = fast(daemon).digest();
        vendor.handler(adapters.resolve("also-fast.jar"), "fast", "if (true) return Set.of(\"other\");");

        ProviderCatalog clash = daemon.discover(adapters);

        assertThat(clash.handlers().find("fast")).isEmpty();
        assertThat(clash.handlers().findExactly("fast", digest)).isPresent();
    }

    @Test
    void copiesThatNobodyNeedsAreDeleted() throws Exception {
        Adapters daemon = daemon();
        String digest = fast(daemon).digest();
        vendor.handler(adapters.resolve("slow.jar"), "slow", "");
        daemon.discover(adapters);
        assertThat(copies()).hasSize(2);

        daemon.keepOnly(Set.of(digest, ""));

        assertThat(copies()).containsExactly(digest.replace(':', '-') + ".jar");
        assertThat(fast(daemon).digest()).isEqualTo(digest);
    }

    @Test
    void halfWrittenCopyOfADaemonThatDiedIsRemoved() throws Exception {
        daemon();
        Files.writeString(copies.resolve("fast.jar.half"), "PK");

        daemon();

        assertThat(copies()).isEmpty();
    }

    @Test
    void copyThatHasRottedIsMadeAnewFromTheOriginal() throws Exception {
        String digest = fast(daemon()).digest();
        Path copy = copies.resolve(digest.replace(':', '-') + ".jar");
        Files.writeString(copy, "rotten");

        assertThat(daemon().kept(digest, "fast")).isEmpty();
        assertThat(fast(daemon()).digest()).isEqualTo(digest);
        assertThat(copy).hasSameBinaryContentAs(jar);
    }

    @Test
    void keptJarThatDoesNotFitTheseContractsIsUnavailableWithTheReason() throws Exception {
        VendorBuild older = VendorBuild.in(directory).against(Map.of("Brand.java", """
                package io.carafe.ports.spi; public class Brand {}"""));
        Path old = older.handler(
                directory.resolve("old.jar"),
                "vendor.VendorProvider",
                Map.of("VendorProvider.java", VendorJar.source("fast", "System.out.println(new Brand());")));
        Adapters daemon = daemon();
        String digest = JarDigest.of(old);
        Files.copy(old, copies.resolve(digest.replace(':', '-') + ".jar"));

        assertThatThrownBy(() -> daemon.kept(digest, "fast"))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("which pods still need")
                .hasMessageContaining("io.carafe.ports.spi.Brand");
    }

    @Test
    void jarAgainstOtherContractsIsListedAndNotCopied() throws Exception {
        VendorBuild newer = VendorBuild.in(directory).against(Map.of("Brand.java", """
                package io.carafe.ports.spi; public class Brand {}"""));
        Path file = newer.handler(
                adapters.resolve("new.jar"),
                "vendor.VendorProvider",
                Map.of("VendorProvider.java", VendorJar.source("new", "System.out.println(new Brand());")));

        ProviderCatalog catalog = daemon().discover(adapters);

        assertThat(catalog.problems())
                .containsExactly(
                        new AdapterProblem(
                                file.toString(),
                                "built against another version of the ports: io.carafe.ports.spi.Brand is not there for adapters, "
                                        + "but vendor.VendorProvider uses it; rebuild it against repository/ of this distribution"));
        assertThat(catalog.handlers().usable()).containsKey("fast").doesNotContainKey("new");
        assertThat(copies()).hasSize(1);
    }

    @Test
    void brokenClassIsListed() throws Exception {
        Path broken = VendorBuild.jar(
                adapters.resolve("broken.jar"),
                Map.of(
                        VendorBuild.HANDLER,
                        "vendor.Broken".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "vendor/Broken.class",
                        "io/carafe/".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertThat(daemon().discover(adapters).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(broken.toString());
            assertThat(problem.reason()).contains("class vendor.Broken");
        });
    }

    @Test
    void jarMovedUnderAnotherNameIsTheSame() throws Exception {
        Adapters daemon = daemon();
        String digest = fast(daemon).digest();

        Path moved = Files.move(jar, adapters.resolve("moved.jar"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(fast(daemon).digest()).isEqualTo(digest);
        assertThat(fast(daemon).source()).isEqualTo(moved.toString());
    }

    private Adapters daemon() throws IOException {
        return Adapters.copiedTo(KeptJars.in(copies));
    }

    private Provider<RuntimeHandlerProvider> fast(Adapters found) {
        return found.discover(adapters).handlers().find("fast").orElseThrow();
    }

    private List<String> copies() throws IOException {
        try (Stream<Path> files = Files.list(copies)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
