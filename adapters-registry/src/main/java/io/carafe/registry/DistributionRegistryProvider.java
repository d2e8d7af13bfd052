package io.carafe.registry;

import com.google.auto.service.AutoService;
import io.carafe.domain.fault.Fault;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.ImageRegistryProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import io.carafe.registry.auth.TokenAuthenticator;
import io.carafe.registry.auth.TokenServer;
import io.carafe.registry.hosts.RegistryHosts;
import io.carafe.registry.http.ClientSettings;
import io.carafe.registry.http.ProxyEnvironment;
import io.carafe.registry.http.RegistryHttp;
import io.carafe.registry.http.SystemTrust;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Registries by the OCI distribution specification, with these options:
 *
 * <ul>
 *   <li>{@code certs_d}: directories with {@code <registry>/hosts.toml}, the first that knows the registry counts;
 *       /etc/carafe/certs.d
 *   <li>{@code connect_timeout}: seconds for making a connection; 30
 *   <li>{@code stall_timeout}: seconds that a server may be silent, before or within an answer; 60
 * </ul>
 *
 * <p>The environment gives HTTP_PROXY, HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE. Plain http is used where a {@code hosts.toml}
 * says so with an http URL, and nowhere else.
 */
@AutoService(ImageRegistryProvider.class)
public final class DistributionRegistryProvider implements ImageRegistryProvider {
    private static final String CERTS_D = "certs_d";
    private static final String CONNECT_TIMEOUT = "connect_timeout";
    private static final String STALL_TIMEOUT = "stall_timeout";

    @Override
    public String name() {
        return "distribution";
    }

    @Override
    public Set<String> optionNames() {
        return Set.of(CERTS_D, CONNECT_TIMEOUT, STALL_TIMEOUT);
    }

    @Override
    public Availability availability(Options options) {
        connectTimeout(options);
        stallTimeout(options);
        return new Availability.Available("");
    }

    @Override
    public ImageRegistry create(BackendContext context) {
        return create(context, System.getenv(), Retries.DEFAULT);
    }

    /** The same with an environment and a patience of the test's own. */
    static ImageRegistry create(BackendContext context, Map<String, String> environment, Retries retries) {
        Options options = context.options();
        InstantSource clock = context.clock();
        ProxyEnvironment proxies = ProxyEnvironment.from(environment);
        ClientSettings.apply(proxies);
        RegistryHttp http = new RegistryHttp(
                proxies,
                SystemTrust.from(environment),
                connectTimeout(options),
                stallTimeout(options),
                work -> context.tasks().background("registry-io", work));
        RegistryCaller caller = new RegistryCaller(http, new TokenAuthenticator(new TokenServer(http, clock)), clock);
        return new DistributionRegistry(
                new RegistryHosts(options.paths(CERTS_D, List.of(Path.of("/etc/carafe/certs.d")))),
                new HostRounds(retries, clock),
                new ManifestPuller(caller),
                new BlobPuller(caller),
                new DistrustedBlobs(clock),
                proxies.problems());
    }

    private static Duration connectTimeout(Options options) {
        return positive(CONNECT_TIMEOUT, options.seconds(CONNECT_TIMEOUT, Duration.ofSeconds(30)));
    }

    private static Duration stallTimeout(Options options) {
        return positive(STALL_TIMEOUT, options.seconds(STALL_TIMEOUT, Duration.ofSeconds(60)));
    }

    private static Duration positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new Fault.InvalidArgument("option " + name + " must be at least one second");
        }
        return value;
    }
}
