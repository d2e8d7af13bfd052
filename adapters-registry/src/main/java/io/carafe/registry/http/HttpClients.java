package io.carafe.registry.http;

import io.carafe.domain.fault.Fault;
import io.carafe.registry.cache.BoundedCache;
import io.carafe.registry.hosts.RegistryHost;
import io.carafe.registry.hosts.TlsFiles;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * One client, with its pool of connections, for each way of connecting that hosts ask for. A change of a certificate file
 * makes a new one; a client that is no longer used ends when it is collected.
 *
 * <p>Always HTTP/1.1: layers come over a connection each, where HTTP/2 would put them through one; and h2c upgrades confuse
 * plain http registries.
 */
final class HttpClients {
    private static final int LIMIT = 32;

    private final Proxies environment;
    private final SystemTrust system;
    private final Duration connectTimeout;
    private final Executor executor;
    private final BoundedCache<Key, HttpClient> clients = new BoundedCache<>(LIMIT);

    HttpClients(Proxies environment, SystemTrust system, Duration connectTimeout, Executor executor) {
        this.environment = environment;
        this.system = system;
        this.connectTimeout = connectTimeout;
        this.executor = executor;
    }

    /**
     * @throws Fault.WrongState if the host's certificate files cannot be used
     */
    HttpClient of(RegistryHost host) {
        Key key = key(host);
        return clients.get(key).orElseGet(() -> {
            HttpClient client = make(host);
            clients.put(key, client);
            return client;
        });
    }

    Duration connectTimeout(RegistryHost host) {
        return host.dialTimeout().orElse(connectTimeout);
    }

    Proxies proxies(RegistryHost host) {
        return host.proxy()
                .map(uri -> HttpProxy.parse("the proxy of host " + host, uri.toString()))
                .<Proxies>map(proxy -> _ -> Optional.of(proxy))
                .orElse(environment);
    }

    private HttpClient make(RegistryHost host) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER) // RegistryHttp follows, and drops credentials
                    .connectTimeout(connectTimeout(host))
                    .proxy(proxies(host).selector())
                    .sslContext(new TlsContexts(system).of(host.tls()))
                    .executor(executor)
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new Fault.WrongState(
                    "connect to " + host + ": a certificate file cannot be used: " + e.getMessage(), e);
        }
    }

    private Key key(RegistryHost host) {
        List<FileStamp> stamps = Stream.concat(
                        system.bundle().stream(), host.tls().paths())
                .map(FileStamp::of)
                .toList();
        return new Key(host.tls(), stamps, host.proxy().map(Object::toString), connectTimeout(host));
    }

    private record Key(TlsFiles tls, List<FileStamp> stamps, Optional<String> proxy, Duration connectTimeout) {}

    /** Tells two contents of one file apart without reading it. */
    private record FileStamp(Path file, Optional<FileTime> modified, long size, Optional<String> inode) {
        static FileStamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new FileStamp(
                        file,
                        Optional.of(attributes.lastModifiedTime()),
                        attributes.size(),
                        Optional.ofNullable(attributes.fileKey()).map(Object::toString));
            } catch (IOException e) {
                return new FileStamp(file, Optional.empty(), -1, Optional.empty()); // making the client will say why
            }
        }
    }
}
