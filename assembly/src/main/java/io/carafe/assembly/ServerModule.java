package io.carafe.assembly;

import dagger.Module;
import dagger.Provides;
import io.carafe.application.recovery.RecoverNode;
import io.carafe.application.stream.StreamTicket;
import io.carafe.application.task.Subtasks;
import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.config.StreamingSettings;
import io.carafe.assembly.daemon.Serving;
import io.carafe.assembly.reload.Reload;
import io.carafe.grpc.CriServer;
import io.carafe.grpc.HostSecurity;
import io.carafe.grpc.ImageServiceEndpoint;
import io.carafe.grpc.ImageUseCases;
import io.carafe.grpc.RuntimeServiceEndpoint;
import io.carafe.grpc.RuntimeUseCases;
import io.carafe.ports.host.HostFacts;
import io.carafe.ports.spi.Tasks;
import io.carafe.streaming.StreamUseCases;
import io.carafe.streaming.StreamingOptions;
import io.carafe.streaming.StreamingServer;
import io.carafe.streaming.StreamingTls;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the daemon serves: CRI, after the node was recovered. */
@Module(includes = UseCasesModule.class)
interface ServerModule {
    @Provides
    @Singleton
    static CriServer server(
            Configuration configuration, RuntimeUseCases runtime, ImageUseCases images, HostFacts facts) {
        var host = new HostSecurity(facts.appArmorEnabled(), facts.selinuxEnabled());
        return new CriServer(
                configuration.daemon().socket(),
                List.of(new RuntimeServiceEndpoint(runtime, host), new ImageServiceEndpoint(images)));
    }

    @Provides
    @Singleton
    static StreamingServer streaming(Configuration configuration, StreamUseCases streams, Subtasks tasks) {
        return new StreamingServer(streamingOptions(configuration), streams, tasks);
    }

    static StreamingOptions streamingOptions(Configuration configuration) {
        StreamingSettings settings = configuration.streaming();
        Optional<StreamingTls> tls = settings.tlsCertificate()
                .flatMap(certificate -> settings.tlsKey().map(key -> new StreamingTls(certificate, key)));
        return new StreamingOptions(settings.address(), settings.port(), tls, settings.idleTimeout());
    }

    @Provides
    @Singleton
    static Function<StreamTicket, String> streamUrl(StreamingServer streaming) {
        return streaming::url;
    }

    @Provides
    @Singleton
    static Serving serving(
            RecoverNode recovery, Reload reload, CriServer server, StreamingServer streaming, Tasks tasks) {
        return new Serving() {
            @Override
            public void start() throws InterruptedException {
                recovery.recover();
                streaming.start();
                server.start();
                // CNI plugins may take a minute each, which no pod is to wait for
                var _ = tasks.background("sweep", this::sweep);
            }

            private void sweep() {
                try {
                    reload.sweep();
                    recovery.sweep();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void reload() {
                reload.reload();
            }

            @Override
            public void stop(Duration grace) throws InterruptedException {
                server.stop(grace);
                streaming.stop(grace);
            }
        };
    }
}
