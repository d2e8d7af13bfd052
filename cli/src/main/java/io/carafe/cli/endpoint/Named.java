package io.carafe.cli.endpoint;

import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.PodSandbox;

/** What a word may mean: a pod or a container of the endpoint. */
public sealed interface Named {
    String id();

    String name();

    record Pod(PodSandbox pod) implements Named {
        @Override
        public String id() {
            return pod.getId();
        }

        @Override
        public String name() {
            return pod.getMetadata().getName();
        }
    }

    record OfContainer(Container container) implements Named {
        @Override
        public String id() {
            return container.getId();
        }

        @Override
        public String name() {
            return container.getMetadata().getName();
        }
    }

    /** As a message shows it. */
    default String shown() {
        return switch (this) {
            case Pod pod -> "pod " + pod.id() + " (" + pod.pod().getMetadata().getNamespace() + "/" + pod.name() + ")";
            case OfContainer container -> "container " + container.id() + " (" + container.name() + ")";
        };
    }
}
