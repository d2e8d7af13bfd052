package io.carafe.grpc;

import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.UpdateRuntimeConfigRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the requests about the runtime itself say. */
public final class RuntimeFromProto {
    private static final Field POD_CIDR =
            Field.of("runtime_config").dot("network_config").dot("pod_cidr");
    private static final Pattern RANGE =
            Pattern.compile("([0-9]+(?:\\.[0-9]+){3}|[0-9a-fA-F.:]*:[0-9a-fA-F.:]*)/([0-9]{1,3})");

    /** Whether what helps in debugging is asked for too. */
    public boolean statusVerbose(StatusRequest request) {
        return request.getVerbose();
    }

    /** The addresses for pods of this node, one range or one of each family with a comma between; empty for no change. */
    public Optional<String> podCidr(UpdateRuntimeConfigRequest request) {
        Optional<String> ranges =
                Field.optional(request.getRuntimeConfig().getNetworkConfig().getPodCidr());
        ranges.ifPresent(text -> requireRanges(text, POD_CIDR));
        return ranges;
    }

    private static void requireRanges(String text, Field field) {
        Set<Boolean> families = new HashSet<>();
        for (String range : text.split(",", -1)) {
            Matcher parts = RANGE.matcher(range);
            if (!parts.matches()) {
                throw field.invalid("'" + range + "' is not a range of addresses such as 10.244.1.0/24 or fd00:1::/64");
            }
            InetAddress address = literal(parts.group(1), field);
            int most = address.getAddress().length * Byte.SIZE;
            if (Integer.parseInt(parts.group(2)) > most) {
                throw field.invalid("'" + range + "' has more than " + most + " bits");
            }
            if (!families.add(address instanceof Inet4Address)) {
                throw field.invalid(
                        "'" + text + "' has two ranges of one family; one of IPv4 and one of IPv6 may be given");
            }
        }
    }

    private static InetAddress literal(String text, Field field) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            throw field.invalid("'" + text + "' is not an IP address");
        }
    }
}
