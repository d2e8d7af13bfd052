package io.carafe.application.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.sandbox.SecurityProfile;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.memory.MemoryHostFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a handler applies in part is not refused, and not passed over in silence. */
class SeccompWarningTest {
    private static final SecurityProfile PROFILE = new SecurityProfile.Localhost(MemoryHostFacts.PROFILE.toString());

    private final Logger logger = Logger.getLogger(ContainerSpecs.class.getName());
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            warnings.add(entry.getMessage());
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @TempDir
    Path directory;

    private TestNode node;

    @BeforeEach
    void listen() throws Exception {
        // tests of this module log nothing unless they ask
        logger.setLevel(Level.WARNING);
        logger.addHandler(recorder);
        node = TestNode.in(directory);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(recorder);
        logger.setLevel(null);
    }

    @Test
    void profileOfTheNodeThatDoesNotHoldInAllIsWarnedOf() throws Exception {
        node.lacks(RuntimeFeature.SECCOMP);

        ContainerId id = create(PROFILE);

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(id.value(), MemoryHostFacts.PROFILE.toString(), "not in memory", "take another handler");
    }

    @Test
    void profileOfTheRuntimeIsNot() throws Exception {
        node.lacks(RuntimeFeature.SECCOMP);

        create(new SecurityProfile.RuntimeDefault());
        create(new SecurityProfile.Unconfined());

        assertThat(warnings).isEmpty();
    }

    @Test
    void handlerThatHasFiltersIsNot() throws Exception {
        create(PROFILE);

        assertThat(warnings).isEmpty();
    }

    private ContainerId create(SecurityProfile seccomp) throws Exception {
        TestDaemon daemon = node.startWithImage();
        return daemon.created(
                daemon.pod(Requests.pod("web-" + seccomp.getClass().getSimpleName())),
                Requests.container("app", TestNode.IMAGE, Map.of(), Optional.of(seccomp), "sleep"));
    }
}
