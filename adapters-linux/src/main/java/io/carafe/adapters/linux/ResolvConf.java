package io.carafe.adapters.linux;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.DnsConfig;
import java.util.List;

/** What a pod's resolv.conf says of its DNS settings. Source: resolv.conf(5). */
final class ResolvConf {
    private ResolvConf() {}

    /** @throws Fault.InvalidArgument for a word with white space, which would be two or another line */
    static String of(DnsConfig dns) {
        StringBuilder text = new StringBuilder();
        if (!dns.searches().isEmpty()) {
            line(text, "search", dns.searches());
        }
        dns.servers().forEach(server -> line(text, "nameserver", List.of(server)));
        if (!dns.options().isEmpty()) {
            line(text, "options", dns.options());
        }
        return text.toString();
    }

    static boolean isEmpty(DnsConfig dns) {
        return dns.servers().isEmpty()
                && dns.searches().isEmpty()
                && dns.options().isEmpty();
    }

    private static void line(StringBuilder text, String keyword, List<String> words) {
        for (String word : words) {
            if (word.isEmpty() || word.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
                throw new Fault.InvalidArgument("write resolv.conf: '" + word
                        + "' in the DNS settings is not one word; correct the pod's dns_config");
            }
        }
        text.append(keyword).append(' ').append(String.join(" ", words)).append('\n');
    }
}
