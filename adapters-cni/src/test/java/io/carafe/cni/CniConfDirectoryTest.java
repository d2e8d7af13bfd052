package io.carafe.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CniConfDirectoryTest {
    @TempDir
    Path directory;

    private void configure(String file, String name) {
        FakePlugins.write(directory.resolve(file), "{\"name\": \"" + name + "\", \"type\": \"bridge\"}");
    }

    private CniConfDirectory of(int maxConf) {
        return new CniConfDirectory(directory, maxConf);
    }

    @Test
    void firstFileByNameIsTaken() {
        configure("20-b.conflist", "b");
        configure("10-a.conf", "a");
        configure("00-not.yaml", "not");

        assertThat(of(1).networks()).extracting(CniConfList::name).containsExactly("a");
        assertThat(of(2).networks()).extracting(CniConfList::name).containsExactly("a", "b");
    }

    @Test
    void changedFileIsInForceAtOnce() {
        var configurations = of(1);
        configure("10-a.conf", "a");
        configurations.networks();

        configure("10-a.conf", "b");
        assertThat(configurations.networks()).extracting(CniConfList::name).containsExactly("b");

        configure("00-c.json", "c");
        assertThat(configurations.networks()).extracting(CniConfList::name).containsExactly("c");
    }

    @Test
    void noFileIsUnavailableAndSaysWhere() {
        assertThatThrownBy(() -> of(1).networks())
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("no network configuration in " + directory);
    }

    @Test
    void directoryMayComeGoAndComeAgain() throws IOException {
        Path late = directory.resolve("late");
        var configurations = new CniConfDirectory(late, 1);
        assertThatThrownBy(configurations::networks).isInstanceOf(Fault.Unavailable.class);

        Files.createDirectory(late);
        FakePlugins.write(late.resolve("a.conf"), "{\"name\": \"a\", \"type\": \"bridge\"}");
        assertThat(configurations.networks()).hasSize(1);

        Files.delete(late.resolve("a.conf"));
        Files.delete(late);
        assertThatThrownBy(configurations::networks).isInstanceOf(Fault.Unavailable.class);

        Files.createDirectory(late);
        FakePlugins.write(late.resolve("a.conf"), "{\"name\": \"a\", \"type\": \"bridge\"}");
        assertThat(configurations.networks()).hasSize(1);
    }

    @Test
    void brokenFileIsUnavailableAndNamed() {
        FakePlugins.write(directory.resolve("10-a.conf"), "{\"name\": ");

        assertThatThrownBy(() -> of(1).networks())
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("10-a.conf");
    }

    @Test
    void fileThatIsBrokenLaterLeavesTheLastGoodOneInForce() {
        var configurations = of(1);
        configure("10-a.conf", "a");
        configurations.networks();

        FakePlugins.write(directory.resolve("10-a.conf"), "{\"name\": ");
        assertThat(configurations.networks()).extracting(CniConfList::name).containsExactly("a");
        FakePlugins.write(directory.resolve("05-b.conf"), "");
        assertThat(configurations.networks()).extracting(CniConfList::name).containsExactly("a");

        configure("05-b.conf", "b");
        assertThat(configurations.networks()).extracting(CniConfList::name).containsExactly("b");
    }

    @Test
    void lastFileTakenAwayMeansNoNetworkEvenAfterAGoodOne() throws IOException {
        var configurations = of(1);
        configure("10-a.conf", "a");
        configurations.networks();

        Files.delete(directory.resolve("10-a.conf"));

        assertThatThrownBy(configurations::networks).isInstanceOf(Fault.Unavailable.class);
    }
}
