package io.carafe.ports.tck.certify;

import io.carafe.ports.tck.runtime.ContainerFeaturesTck;
import io.carafe.ports.tck.runtime.ContainerStreamsTck;
import io.carafe.ports.tck.runtime.ContainersTck;
import io.carafe.ports.tck.runtime.DaemonDeathTck;
import io.carafe.ports.tck.runtime.ExecsTck;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.PodFeaturesTck;
import io.carafe.ports.tck.runtime.RuntimeHandlerTck;
import io.carafe.ports.tck.runtime.SandboxesTck;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every kit of a handler, each for the handler that is to be certified. */
final class Group {
    private Group() {}

    @DisplayName("Handler")
    @ExtendWith(CertifiedHandler.class)
    static final class Handler extends RuntimeHandlerTck {
        private final HandlerKit kit;

        Handler(HandlerKit kit) {
            this.kit = kit;
        }

        @Override
        protected HandlerKit kit() {
            return kit;
        }
    }

    @DisplayName("Sandboxes")
    @ExtendWith(CertifiedHandler.class)
    static final class Sandboxes extends SandboxesTck {
        private final HandlerKit kit;

        Sandboxes(HandlerKit kit) {
            this.kit = kit;
        }

        @Override
        protected HandlerKit kit() {
            return kit;
        }
    }

    @DisplayName("Containers")
    @ExtendWith(CertifiedHandler.class)
    static final class Containers extends ContainersTck {
        private final HandlerKit kit;

        Containers(HandlerKit kit) {
            this.kit = kit;
        }

        @Override
        protected HandlerKit kit() {
            return kit;
        }
    }

    @DisplayName("Streams and logs")
    @ExtendWith(CertifiedHandler.class)
    static final class Streams extends ContainerStreamsTck {
        private final HandlerKit kit;

        Streams(HandlerKit kit) {
            this.kit = kit;
        }

        @Override
        protected HandlerKit kit() {
            return kit;
        }
    }

    @DisplayName("Execs")
    @ExtendWith(CertifiedHandler.class)
    static final class Execs extends ExecsTck {
        private final HandlerKit kit;

        Execs(HandlerKit kit) {
            this.kit = kit;
        }

        @Override
        protected HandlerKit kit() {
            return kit;
        }
    }

    @DisplayName("Pod features")
    @ExtendWith(CertifiedHandler.class)
    static final class PodFeatures extends PodFeaturesTck {
        private final HandlerKit kit;

        PodFeatures(HandlerKit kit) {
            this.kit = kit;
        }

        @Override
        protected HandlerKit kit() {
            return kit;
        }
    }

    @DisplayName("Container features")
    @ExtendWith(CertifiedHandler.class)
    static final class ContainerFeatures extends ContainerFeaturesTck {
        private final HandlerKit kit;

        ContainerFeatures(HandlerKit kit) {
            this.kit = kit;
        }

        @Override
        protected HandlerKit kit() {
            return kit;
        }
    }

    @DisplayName("Daemon's death")
    @ExtendWith(CertifiedHandler.class)
    static final class Deaths extends DaemonDeathTck {
        private final HandlerKit kit;

        Deaths(HandlerKit kit) {
            this.kit = kit;
        }

        @Override
        protected HandlerKit kit() {
            return kit;
        }
    }
}
