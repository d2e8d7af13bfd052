# Sourced by quickstart: a place for one daemon and one registry that shares nothing with the rest of the host, and its end.
# Everything is derived from the checkout's path, so two checkouts do not meet. Needs $top, common.sh, handlers.sh, network-rules.sh.

# Sets what the others use; remembered in $state/place, so that --stop finds the same.
find_place() {
    local hash filesystem n
    state=$top/.quickstart
    mkdir -p "$state"
    hash=$(printf '%s' "$top" | cksum | cut -d' ' -f1)
    id=$(printf '%06x' $((hash % 16777216)))
    # Overlay filesystems cannot be stacked on every filesystem: those go below /var/tmp.
    root=$state/root
    filesystem=$(stat -f -c %T "$state")
    case $filesystem in
        ext2/ext3 | xfs | btrfs | tmpfs | f2fs) ;;
        *) root=/var/tmp/carafe-quickstart-$id ;;
    esac
    run=/run/cfq-$id
    socket=$run/carafe.sock
    network=carafe-quickstart-$id
    bridge=cfq$id
    cgroup=/carafe-quickstart-$id
    if [ -f "$state/place" ]; then
        . "$state/place"
        return
    fi
    for n in $(seq 0 50); do
        subnet=10.$((128 + (hash / 256 + n) % 100)).$((hash % 256))
        [ -z "$(ip -o addr | grep -F " $subnet.")$(ip route | grep -F "$subnet.")" ] && break
    done
    printf 'subnet=%s\n' "$subnet" >"$state/place"
}

configure() { # REGISTRY_ADDRESS HANDLER
    local section
    section=$(handler_section "$2" "$state") || return 1
    mkdir -p "$state/net.d" "$state/certs.d/$1"
    cat >"$state/carafed.toml" <<T
default_handler = "$2"
[daemon]
root = "$root"
run = "$run"
cgroup_driver = "cgroupfs"
$section
[network]
conf_dir = "$state/net.d"
[registry]
certs_d = "$state/certs.d"
[host]
cgroup_parent = "$cgroup"
T
    printf 'server = "http://%s"\n' "$1" >"$state/certs.d/$1/hosts.toml"
    cat >"$state/net.d/10-quickstart.conflist" <<J
{"cniVersion": "1.0.0", "name": "$network", "plugins": [
  {"type": "bridge", "bridge": "$bridge", "isGateway": true, "ipMasq": true,
   "ipam": {"type": "host-local", "dataDir": "$state/cni", "ranges": [[{"subnet": "$subnet.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
J
}

# A process is its pid and start time: after a reboot or a crash the number may be a stranger's.
identity() { local stat; stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1; stat=${stat##*) }; set -- "$1" $stat; printf '%s %s\n' "$1" "${21}"; }
alive() { [ -s "$state/$1.pid" ] && [ "$(identity "$(cut -d' ' -f1 "$state/$1.pid")" || true)" = "$(cat "$state/$1.pid")" ]; }
pid_of() { cut -d' ' -f1 "$state/$1.pid"; }

# background NAME COMMAND...: in a session of its own, so that Ctrl-C here leaves its end to us, and without the lock of the command.
background() {
    local name=$1
    shift
    setsid "$@" </dev/null >"$logs/$name.log" 2>&1 8>&- &
    sleep 0.05
    identity $! >"$state/$name.pid" || { tail -n 5 "$logs/$name.log"; return 1; }
}

end_background() { # NAME: asks, then insists
    local pid
    if alive "$1"; then
        pid=$(pid_of "$1")
        kill "$pid" 2>/dev/null || true
        for _ in $(seq 150); do alive "$1" || break; sleep 0.1; done
        ! alive "$1" || kill -9 "$pid" 2>/dev/null || true
    fi
    rm -f "$state/$1.pid"
}

# Debian's registry on a free port of 127.0.0.1; remembered, so that a second --keep finds it again.
start_registry() {
    local port
    for port in $(shuf -i 20000-29999 -n 20); do
        cat >"$state/registry.yml" <<Y
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $state/registry}, delete: {enabled: true}}
http: {addr: "127.0.0.1:$port"}
Y
        background registry docker-registry serve "$state/registry.yml" || continue
        for _ in $(seq 50); do
            alive registry || break
            if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && alive registry; then
                printf '127.0.0.1:%s\n' "$port" >"$state/registry.address"
                return 0
            fi
            sleep 0.1
        done
    done
    echo "docker-registry does not start:"
    cat "$logs/registry.log"
    return 1
}

start_daemon() {
    mkdir -p "$run"
    background carafed "$dist/bin/carafed" --config "$state/carafed.toml"
    for _ in $(seq 300); do
        if [ -S "$socket" ] && "$dist/bin/carafe" --endpoint "unix://$socket" version >/dev/null 2>&1; then return 0; fi
        alive carafed || break
        sleep 0.1
    done
    echo "carafed does not serve:"
    cat "$logs/carafed.log"
    return 1
}

# What a pod leaves if something goes wrong, one line each; nothing is the good answer.
leftovers() {
    awk -v a="$root/" -v b="$run/" 'index($5, a) == 1 || index($5, b) == 1 { print "mount " $5 }' /proc/self/mountinfo
    our_processes | sed 's/^/process /'
    our_cgroups | sed 's/^/cgroup /'
    { find "$run" -path '*/ns/*' -type f 2>/dev/null || true; } | sed 's/^/namespace /'
    { find "$state/cni" -type f -name "$subnet.*" 2>/dev/null || true; } | sed 's/^/address /'
    { iptables-save 2>/dev/null | grep -e "$network\\\\\"" -e "$subnet\." || true; } | sed 's/^/iptables /'
    { ip -o link show master "$bridge" 2>/dev/null || true; } | sed 's/^/interface /'
}

# Monitors, shims, sandboxes and what holds their streams, by the folders in their command lines; the daemon itself is not one.
our_processes() {
    local proc line
    for proc in /proc/[0-9]*; do
        line=$({ tr '\0' ' ' <"$proc/cmdline"; } 2>/dev/null) || continue
        case $line in
            *conmon*"$run/"* | *conmon*"$root/"* | *runsc*"$run/"* | *containerd-shim*"$run/"* | *stream-holder*"$run/"* | *"$run/"*stream-holder*) printf '%s %.100s\n' "${proc#/proc/}" "$line" ;;
        esac
    done
}

our_cgroups() { find /sys/fs/cgroup -depth -type d -path "*$cgroup/*" 2>/dev/null || true; }

# The end of everything, whatever state it is in; says nothing and does not fail.
take_down() {
    local target group pid
    set +e
    if alive carafed; then remove_pods >/dev/null 2>&1; fi
    end_background carafed
    end_background registry
    our_processes | while read -r pid _; do kill -9 "$pid"; done
    find /sys/fs/cgroup -depth -type d -path "*$cgroup*" 2>/dev/null | while read -r group; do
        for pid in $(cat "$group/cgroup.procs" 2>/dev/null); do kill -9 "$pid"; done
        for _ in 1 2 3 4 5 6 7 8 9 10; do rmdir "$group" 2>/dev/null && break; sleep 0.1; done
    done
    awk -v a="$root/" -v b="$run/" 'index($5, a) == 1 || index($5, b) == 1 { print $5 }' /proc/self/mountinfo | tac \
        | while read -r target; do umount -l "$target"; done
    remove_network_rules "$network"
    ip link del "$bridge" 2>/dev/null
    rm -rf --one-file-system "$run" "$root" "$state"/{cni,net.d,certs.d,registry,image,pod-logs}
    rm -f "$state"/{crun,place,place.used,carafed.toml,registry.yml,registry.address,kept}
    set -e
}
