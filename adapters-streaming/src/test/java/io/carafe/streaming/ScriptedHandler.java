package io.carafe.streaming;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.SandboxNeeds;
import io.carafe.ports.runtime.SandboxPlan;
import io.carafe.ports.runtime.Sandboxes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** As much of a handler as streams need: commands are {@link FakeProcess}es, a pod's ports are those of the host. */
final class ScriptedHandler implements RuntimeHandler, Execs, Containers, Sandboxes {
    private final Set<FakeProcess> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch go = new CountDownLatch(1);
    private final Set<ByteStream> connections = ConcurrentHashMap.newKeySet();

    /** Those whose session was not closed. */
    Set<FakeProcess> running() {
        return running;
    }

    Set<ByteStream> connections() {
        return connections;
    }

    @Override
    public ExecSession open(ExecPlan plan, boolean stdin) {
        return start(plan.process().args(), plan.process().terminal());
    }

    @Override
    public AttachedStreams attach(ContainerId id) {
        return start(List.of("cat"), false);
    }

    private FakeProcess start(List<String> args, boolean terminal) {
        if (args.getFirst().equals("missing")) {
            throw new Fault.InvalidArgument("exec [missing]: no such file");
        }
        FakeProcess process = new FakeProcess(args, terminal, running::remove);
        running.add(process);
        process.start();
        if (args.getFirst().equals("slow")) {
            awaitGo();
        }
        return process;
    }

    /** Lets what is opened slowly be open; an interrupt meanwhile is what a handler must not be given. */
    void go() {
        go.countDown();
    }

    private void awaitGo() {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while it is opened", e);
        }
    }

    @Override
    public ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout) {
        try {
            SocketChannel channel =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
            ByteStream stream = new ByteStream() {
                @Override
                public InputStream input() {
                    return Channels.newInputStream(channel);
                }

                @Override
                public OutputStream output() {
                    OutputStream out = Channels.newOutputStream(channel);
                    return new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            out.write(b);
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            out.write(bytes, offset, length);
                        }

                        @Override
                        public void close() throws IOException {
                            channel.shutdownOutput();
                        }
                    };
                }

                @Override
                public void close() throws IOException {
                    connections.remove(this);
                    channel.close();
                }
            };
            connections.add(stream);
            return stream;
        } catch (IOException e) {
            throw new Fault.Unavailable("nothing listens at " + target.port(), e);
        }
    }

    @Override
    public Sandboxes sandboxes() {
        return this;
    }

    @Override
    public Containers containers() {
        return this;
    }

    @Override
    public Execs execs() {
        return this;
    }

    @Override
    public Map<RuntimeFeature, String> missingFeatures() {
        return Map.of();
    }

    @Override
    public ExecResult run(ExecPlan plan, Duration timeout, Bytes outputLimit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void create(ContainerPlan plan) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void kill(ContainerId id, Signal signal, KillScope scope) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Observation observe(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void adopt(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CgroupUsage> usage(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void update(ContainerId id, LinuxResources resources) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reopenLog(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SandboxNeeds needs(NamespaceOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<NamespaceType, Path> run(SandboxPlan plan) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void kill(PodSandboxId id, Signal signal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(PodSandboxId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Observation observe(PodSandboxId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void adopt(PodSandboxId id) {
        throw new UnsupportedOperationException();
    }
}
