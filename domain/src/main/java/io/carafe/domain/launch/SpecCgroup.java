package io.carafe.domain.launch;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandbox;

/** The cgroup of one container below its pod's. Source: runtime-spec config-linux.md, runc's --systemd-cgroup. */
final class SpecCgroup {
    private static final String SCOPE_PREFIX = "carafe";

    private SpecCgroup() {}

    static String path(PodSandbox sandbox, String id, HostProfile host) {
        String pod = sandbox.cgroup()
                .map(PodCgroupPath::value)
                .orElseThrow(() -> new Fault.WrongState("make the spec of " + id + ": pod sandbox " + sandbox.id()
                        + " has no cgroup; it was not started, run it again"));
        return switch (host.cgroupDriver()) {
            case CGROUPFS -> pod.equals("/") ? pod + id : pod + "/" + id;
            // runtimes expand the slice's name to its path by themselves
            case SYSTEMD -> pod.substring(pod.lastIndexOf('/') + 1) + ":" + SCOPE_PREFIX + ":" + id;
        };
    }
}
