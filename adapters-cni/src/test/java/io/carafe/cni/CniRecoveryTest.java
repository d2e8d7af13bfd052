package io.carafe.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is owed after an ADD that nobody waited for. */
class CniRecoveryTest {
    @TempDir
    Path directory;

    private FakePlugins attaching(String body) {
        return new FakePlugins(directory).plugin("p", body).network("1.0.0", "p");
    }

    @Test
    void interruptedAttachLeavesItsFileForTheDetach() throws InterruptedException {
        var plugins = attaching("[ $CNI_COMMAND = ADD ] && { touch " + directory + "/adding; sleep 300; }\nexit 0");
        var network = plugins.open();
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("nothing was thrown"));
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                network.attach(Pods.plain(Pods.POD));
            } catch (InterruptedException | Fault e) {
                thrown.set(e);
            }
        });
        Waiting.until("the ADD runs", () -> Files.exists(directory.resolve("adding")));

        thread.interrupt();
        thread.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(plugins.attachments()).hasSize(1);
        plugins.open().detach(Pods.gone(Pods.POD));
        assertThat(plugins.order()).containsExactly("ADD p", "DEL p");
        assertThat(plugins.input("p", CniVerb.DEL).has("prevResult")).isFalse();
        assertThat(plugins.attachments()).isEmpty();
    }

    @Test
    void detachWaitsForAnAddThatOutlivedItsRuntime() throws Exception {
        // the ADD of a daemon that was killed: it runs on, and is nobody's child any more
        var plugins = attaching("exit 0");
        var network = plugins.open();
        var conf = new CniConfDirectory(plugins.confDir(), 1).networks().getFirst();
        new AttachmentStore(directory.resolve("state"))
                .save(CniAttachment.intended(Pods.plain(Pods.POD), "eth0", conf));
        var builder = new ProcessBuilder("sh", "-c", "sleep 1; echo 'ADD ended' >> " + directory + "/calls/order");
        builder.environment().put("CNI_COMMAND", "ADD");
        builder.environment().put("CNI_CONTAINERID", Pods.POD.value());
        Process add = builder.start();
        try {
            network.detach(Pods.gone(Pods.POD));

            assertThat(plugins.order()).containsExactly("ADD ended", "DEL p");
        } finally {
            add.destroyForcibly();
        }
    }

    @Test
    void detachKillsAnAddThatDoesNotEnd() throws Exception {
        var plugins = attaching("exit 0");
        var network = plugins.open();
        var conf = new CniConfDirectory(plugins.confDir(), 1).networks().getFirst();
        new AttachmentStore(directory.resolve("state"))
                .save(CniAttachment.intended(Pods.plain(Pods.POD), "eth0", conf));
        var builder = new ProcessBuilder("sleep", "300");
        builder.environment().put("CNI_COMMAND", "ADD");
        builder.environment().put("CNI_CONTAINERID", Pods.POD.value());
        Process add = builder.start();
        try {
            network.detach(Pods.gone(Pods.POD));

            assertThat(add.isAlive()).isFalse();
            assertThat(plugins.order()).containsExactly("DEL p");
        } finally {
            add.destroyForcibly();
        }
    }
}
