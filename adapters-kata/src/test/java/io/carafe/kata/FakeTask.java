package io.carafe.kata;

import io.carafe.oci.ttrpc.ProtoFields;
import io.carafe.oci.ttrpc.ProtoMessage;
import io.carafe.oci.ttrpc.StatusCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A container in a {@link FakeShim}: its own process, which has the empty name, and execs. */
final class FakeTask {
    private final Path bundle;
    private final Map<String, FakeProcess> processes = new ConcurrentHashMap<>();

    FakeTask(ProtoFields create) {
        this.bundle = Path.of(create.text(2));
        processes.put("", new FakeProcess(create.text(5), create.text(6)));
    }

    Path bundle() {
        return bundle;
    }

    void addExec(String exec, ProtoFields request) {
        processes.put(exec, new FakeProcess(request.text(4), request.text(5)));
    }

    List<FakeProcess> startedExecs() {
        return processes.entrySet().stream()
                .filter(entry -> !entry.getKey().isEmpty())
                .map(Map.Entry::getValue)
                .filter(FakeProcess::isRunning)
                .toList();
    }

    FakeProcess process(String exec) throws TtrpcServer.Refusal {
        FakeProcess process = processes.get(exec);
        if (process == null) {
            throw new TtrpcServer.Refusal(StatusCode.NOT_FOUND, "process " + exec + " not found");
        }
        return process;
    }

    ProtoMessage state(long machine) throws TtrpcServer.Refusal {
        FakeProcess own = process("");
        return new ProtoMessage()
                .text(2, bundle.toString())
                .number(3, machine)
                .number(4, own.status())
                .number(9, own.code());
    }

    /** A fixed answer in the form of cgroup version 2. */
    ProtoMessage stats() {
        ProtoMessage metrics = new ProtoMessage()
                .message(1, new ProtoMessage().number(1, 3))
                .message(2, new ProtoMessage().number(1, 7000))
                .message(
                        4,
                        new ProtoMessage()
                                .number(1, 100)
                                .number(13, 24)
                                .number(32, 4096)
                                .number(33, 8192));
        return new ProtoMessage().text(1, "io.containerd.cgroups.v2.Metrics").bytes(2, metrics.toBytes());
    }

    void die() {
        processes.values().forEach(FakeProcess::die);
    }
}
