package io.carafe.application.node;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.sandbox.PodSandboxId;

/** One call of each verb on a node that is prepared for it. */
public enum Scenario {
    RUN_POD_SANDBOX {
        @Override
        public Call prepare(TestDaemon daemon) {
            return () -> daemon.pod(Requests.pod("web"));
        }
    },
    RUN_POD_SANDBOX_ON_THE_HOSTS_NETWORK {
        @Override
        public Call prepare(TestDaemon daemon) {
            return () -> daemon.pod(Requests.hostNetworkPod("web"));
        }
    },
    CREATE_CONTAINER {
        @Override
        public Call prepare(TestDaemon daemon) throws InterruptedException {
            PodSandboxId pod = daemon.pod(Requests.pod("web"));
            return () -> daemon.created(pod, Requests.container("app", "sleep"));
        }
    },
    START_CONTAINER {
        @Override
        public Call prepare(TestDaemon daemon) throws InterruptedException {
            PodSandboxId pod = daemon.pod(Requests.pod("web"));
            ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
            return () -> daemon.startContainer.start(id.value());
        }
    },
    STOP_CONTAINER {
        @Override
        public Call prepare(TestDaemon daemon) throws InterruptedException {
            ContainerId id = daemon.running(daemon.pod(Requests.pod("web")), Requests.container("app", "sleep"));
            return () -> daemon.stopContainer.stop(id.value(), java.time.Duration.ZERO);
        }
    },
    REMOVE_CONTAINER {
        @Override
        public Call prepare(TestDaemon daemon) throws InterruptedException {
            ContainerId id = daemon.running(daemon.pod(Requests.pod("web")), Requests.container("app", "sleep"));
            return () -> daemon.removeContainer.remove(id.value());
        }
    },
    STOP_POD_SANDBOX {
        @Override
        public Call prepare(TestDaemon daemon) throws InterruptedException {
            PodSandboxId pod = daemon.pod(Requests.pod("web"));
            daemon.running(pod, Requests.container("app", "sleep"));
            daemon.created(pod, Requests.container("other", "sleep"));
            return () -> daemon.stopPodSandbox.stop(pod.value());
        }
    },
    REMOVE_POD_SANDBOX {
        @Override
        public Call prepare(TestDaemon daemon) throws InterruptedException {
            PodSandboxId pod = daemon.pod(Requests.pod("web"));
            daemon.running(pod, Requests.container("app", "sleep"));
            daemon.exited(pod, "done", 3);
            return () -> daemon.removePodSandbox.remove(pod.value());
        }
    };

    /** The call itself. */
    public interface Call {
        void run() throws InterruptedException;
    }

    /** Brings the node where the verb can be called. */
    public abstract Call prepare(TestDaemon daemon) throws InterruptedException;
}
