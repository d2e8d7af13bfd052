package io.carafe.cni;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins collect garbage alone, but nobody waits for them, or for strays to be given back, who need not. */
class GarbageTurnTest {
    @TempDir
    Path directory;

    @Test
    void garbageWaitsForAnAttachAndLetsOthersPass() throws InterruptedException {
        var plugins = new FakePlugins(directory)
                .plugin("p", """
                        [ $CNI_COMMAND$CNI_CONTAINERID = ADD%1$s ] && {
                            until [ -e %2$s/go ]; do sleep 0.02; done
                            echo 'ADD ended' >> %2$s/calls/order
                        }
                        %3$s""".formatted(Pods.POD, directory, FakePlugins.GOOD))
                .network("1.1.0", "p");
        var network = plugins.open();
        Thread attach = Thread.ofVirtual().start(() -> {
            try {
                network.attach(Pods.plain(Pods.POD));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Waiting.until("the ADD runs", () -> Files.exists(directory.resolve("calls/p.ADD.env")));
        Thread garbage = Thread.ofVirtual().start(() -> {
            try {
                network.collectGarbage(() -> Set.of(Pods.POD, Pods.OTHER));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Waiting.until("garbage waits", () -> garbage.getState() == Thread.State.TIMED_WAITING);

        network.attach(Pods.plain(Pods.OTHER));
        FakePlugins.write(directory.resolve("go"), "");
        attach.join();
        garbage.join();

        assertThat(plugins.order()).containsExactly("ADD p", "ADD p", "ADD ended", "GC p");
    }

    @Test
    void podIsAttachedWhileAPluginTakesItsTimeForAStray() throws InterruptedException {
        var plugins = new FakePlugins(directory)
                .plugin("p", """
                        [ $CNI_COMMAND = DEL ] && until [ -e %s/go ]; do sleep 0.02; done
                        %s""".formatted(directory, FakePlugins.GOOD))
                .network("1.0.0", "p");
        plugins.open().attach(Pods.plain(Pods.POD));
        var network = plugins.open();
        Thread garbage = Thread.ofVirtual().start(() -> {
            try {
                network.collectGarbage(() -> Set.of(Pods.OTHER));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Waiting.until("the DEL runs", () -> Files.exists(directory.resolve("calls/p.DEL.env")));

        network.attach(Pods.plain(Pods.OTHER));
        FakePlugins.write(directory.resolve("go"), "");
        garbage.join();

        assertThat(plugins.order()).containsExactly("ADD p", "DEL p", "ADD p");
        assertThat(plugins.attachments()).singleElement().asString().contains(Pods.OTHER.value());
    }
}
