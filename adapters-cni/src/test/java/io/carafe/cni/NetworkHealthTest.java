package io.carafe.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.ports.spi.HealthCondition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkHealthTest {
    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T00:00:00Z"));

    private NetworkHealth of(FakePlugins plugins) {
        return new NetworkHealth(
                new CniConfDirectory(plugins.confDir(), 1),
                new CniChain(
                        new PluginPath(List.of(plugins.bin())),
                        new CniPluginRunner(directory.resolve("run"), Duration.ofSeconds(10))),
                now::get);
    }

    @Test
    void oldPluginsAreHealthyWhenTheyAreInstalledAndAreNotRun() {
        var plugins = new FakePlugins(directory).plugin("p", "exit 1").network("1.0.0", "p");

        assertThat(of(plugins).now()).isEqualTo(HealthCondition.OK);
        assertThat(plugins.order()).isEmpty();
    }

    @Test
    void missingPluginIsNamed() {
        var health = of(new FakePlugins(directory).network("1.0.0", "absent")).now();

        assertThat(health.ok()).isFalse();
        assertThat(health.reason()).isEqualTo("NetworkPluginNotReady");
        assertThat(health.message()).contains("absent", "10-fake.conflist");
    }

    @Test
    void missingAddressPluginIsNamed() {
        var plugins = new FakePlugins(directory)
                .plugin("p", FakePlugins.GOOD)
                .configuration(
                        "10-a.conf", "{\"name\": \"a\", \"type\": \"p\", \"ipam\": {\"type\": \"absent-ipam\"}}");

        assertThat(of(plugins).now().message()).contains("absent-ipam");
    }

    @Test
    void brokenConfigurationIsNamed() {
        var health = of(new FakePlugins(directory).configuration("10-a.conflist", "{"))
                .now();

        assertThat(health.ok()).isFalse();
        assertThat(health.message()).contains("10-a.conflist");
    }

    @Test
    void pluginsOf110AnswerForThemselvesOncePerSomeSeconds() {
        var plugins = new FakePlugins(directory)
                .plugin("p", "echo '{\"code\": 50, \"msg\": \"no addresses left\"}'; exit 1")
                .network("1.1.0", "p");
        var health = of(plugins);

        assertThat(health.now().message()).contains("no addresses left", "code 50");
        plugins.plugin("p", "exit 0");
        assertThat(health.now().ok()).isFalse();
        assertThat(plugins.order()).containsExactly("STATUS p");

        now.updateAndGet(instant -> instant.plusSeconds(6));
        assertThat(health.now()).isEqualTo(HealthCondition.OK);
        assertThat(plugins.order()).containsExactly("STATUS p");
    }

    @Test
    void changedConfigurationIsAskedAtOnce() {
        var plugins = new FakePlugins(directory)
                .plugin("bad", "exit 1")
                .plugin("good", "exit 0")
                .network("1.1.0", "bad");
        var health = of(plugins);
        assertThat(health.now().ok()).isFalse();

        plugins.network("1.1.0", "good");

        assertThat(health.now()).isEqualTo(HealthCondition.OK);
    }
}
