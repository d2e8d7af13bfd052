package io.carafe.cni;

import com.google.auto.service.AutoService;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.network.PodNetworkProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import java.util.Set;

/**
 * Pod networks by CNI plugins. Always available when its options are legal: on many nodes configuration and plugins are
 * brought by a pod of the host network, so their absence is a matter of {@link PodNetwork#health}.
 */
@AutoService(PodNetworkProvider.class)
public final class CniProvider implements PodNetworkProvider {
    @Override
    public String name() {
        return "cni";
    }

    @Override
    public Set<String> optionNames() {
        return CniOptions.NAMES;
    }

    @Override
    public Availability availability(Options options) {
        CniOptions.from(options);
        return new Availability.Available("CNI " + CniVersion.NEWEST);
    }

    @Override
    public PodNetwork create(BackendContext context) {
        return CniPodNetwork.in(context);
    }
}
