package io.carafe.registry.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * NO_PROXY: which hosts are asked directly. An entry is {@code *}, an IP address, a CIDR block, "example.com" (it and all
 * below), ".example.com" or "*.example.com" (all below); each but a block may end in ":port". Loopback is always direct.
 *
 * <p>Source: golang.org/x/net/http/httpproxy, which the other runtimes use.
 */
record NoProxy(List<String> entries) {
    static NoProxy parse(String value) {
        List<String> entries = new ArrayList<>();
        for (String entry : value.split(",", -1)) {
            if (!entry.isBlank()) {
                entries.add(entry.strip().toLowerCase(Locale.ROOT));
            }
        }
        return new NoProxy(List.copyOf(entries));
    }

    boolean covers(String host, int port) {
        String name = unbracketed(host.toLowerCase(Locale.ROOT));
        Optional<InetAddress> address = literal(name);
        boolean loopback = name.equals("localhost")
                || address.filter(InetAddress::isLoopbackAddress).isPresent();
        return loopback || entries.stream().anyMatch(entry -> matches(entry, name, address, port));
    }

    private static boolean matches(String entry, String name, Optional<InetAddress> address, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.indexOf('/') >= 0) {
            return address.isPresent() && inBlock(entry, address.get());
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = entry.contains("]:") || (colon >= 0 && entry.indexOf(':') == colon);
        String host = unbracketed(hasPort ? entry.substring(0, colon) : entry);
        if (hasPort && !entry.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        if (literal(host).isPresent()) {
            return literal(host).equals(address);
        }
        String suffix = host.startsWith("*.") ? host.substring(1) : host;
        return suffix.startsWith(".") ? name.endsWith(suffix) : name.equals(suffix) || name.endsWith("." + suffix);
    }

    private static boolean inBlock(String block, InetAddress address) {
        int slash = block.indexOf('/');
        Optional<byte[]> network = literal(block.substring(0, slash)).map(InetAddress::getAddress);
        byte[] bytes = address.getAddress();
        if (network.isEmpty()
                || network.get().length != bytes.length
                || !block.substring(slash + 1).matches("\\d{1,3}")) {
            return false;
        }
        int prefix = Integer.parseInt(block.substring(slash + 1));
        for (int bit = 0; bit < Math.min(prefix, bytes.length * 8); bit++) {
            if (((network.get()[bit / 8] ^ bytes[bit / 8]) & (0x80 >>> (bit % 8))) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The address that {@code text} spells; names are not looked up. */
    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
