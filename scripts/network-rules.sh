# Sourced by quickstart and the conformance suite.

# What CNI plugins have left in iptables of one network, as after a run that was cut off. Their rules say its name in a comment, which
# iptables-save writes as \"NAME\", and lead to a chain of one pod; the chains that all networks share stay.
remove_network_rules() { # NAME
    local chain rule
    for chain in $(iptables-save -t nat 2>/dev/null | grep -F "name: \\\"$1\\\"" | sed -n 's/.* -j \(CNI-[0-9A-Za-z-]*\)$/\1/p' | sort -u); do
        iptables-save -t nat | grep -e "-j $chain\$" | sed 's/^-A/-D/' | while read -r rule; do
            eval "iptables -w -t nat $rule"
        done
        iptables -w -t nat -F "$chain" && iptables -w -t nat -X "$chain"
    done 2>/dev/null
}
