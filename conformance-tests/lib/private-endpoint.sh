# Sourced by run, containerd and critest: what they start is private (own folders, socket, bridge, subnet, ports) and is taken
# down again when the script ends, however it ends.

here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
top=$(cd "$here/.." && pwd)
. "$top/scripts/handlers.sh"
. "$top/scripts/network-rules.sh"
work= run_dir= conformance=() socket= bridge= subnet= suite_pid= private=
registry= guarded= user_endpoint=
daemon_pids=()
run_id=$$_$RANDOM

say() { printf '%s\n' "$*" >&2; }
die() { say "$(basename "$0"): $*"; exit 2; }

find_java() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
        if [ -x "$home/bin/java" ] && grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null; then java=$home/bin/java; return; fi
    done
    die "no JDK 25 found; set JAVA_HOME to one (Temurin 25: https://adoptium.net)"
}

prepare() {
    find_java
    [ -d "$here/target/classes/io" ] && [ -d "$here/target/conformance" ] \
        || die "not built yet: mvn -pl conformance-tests -am package -DskipTests"
    # The Java half, with the class path that the build has collected.
    conformance=("$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED
        -cp "$here/target/classes:$here/target/conformance/*" io.carafe.conformance.run.ConformanceCommand)
    trap take_down EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    work=$(mktemp -d /tmp/carafe-conformance.XXXXXX)
}

# In the background, so that a signal to this script is not held up by it.
in_background() {
    "$@" & suite_pid=$!
    local code=0
    wait "$suite_pid" || code=$?
    suite_pid=
    return $code
}

alive() { kill -0 "$1" 2>/dev/null; }

end() { # PID: asks, then insists
    alive "$1" || return 0
    kill "$1" 2>/dev/null || true
    for _ in $(seq 100); do alive "$1" || return 0; sleep 0.1; done
    kill -9 "$1" 2>/dev/null || true
}

await_socket() { # PID LOG
    for _ in $(seq 600); do
        [ -S "$socket" ] && return 0
        alive "$1" || { tail -20 "$2" >&2; die "the daemon ended at its start; its log is above"; }
        sleep 0.1
    done
    tail -20 "$2" >&2
    die "no socket $socket after 60 s; the end of its log is above"
}

# start_registry NAME [HTPASSWD]: Debian's docker-registry on a free port of 127.0.0.1; the address ends up in $address.
start_registry() {
    local name=$1 htpasswd=${2:-} port pid
    command -v docker-registry >/dev/null || die "docker-registry is missing (apt-get install docker-registry), or give --registry"
    for port in $(shuf -i 20000-29999 -n 20); do
        address=127.0.0.1:$port
        {
            printf 'version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n'
            printf 'storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}\nhttp: {addr: "%s"}\n' "$work/$name" "$address"
            [ -z "$htpasswd" ] || printf 'auth: {htpasswd: {realm: conformance, path: %s}}\n' "$htpasswd"
        } >"$work/$name.yml"
        setsid docker-registry serve "$work/$name.yml" </dev/null >"$work/$name.log" 2>&1 & pid=$!
        for _ in $(seq 50); do
            alive $pid || break
            if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && alive $pid; then daemon_pids+=("$pid"); return 0; fi
            sleep 0.1
        done
        end $pid
    done
    tail -5 "$work/$name.log" >&2
    die "docker-registry does not start; its log is above"
}

start_registries() { # sets registry and guarded, unless --registry was given
    [ -z "$registry" ] || return 0
    start_registry open; registry=$address
    # The password is TestImages.PASSWORD; bcrypt, the only form that docker-registry takes.
    printf 'carafe:$2b$05$carafeconformanceteste3vN77WdvnmXG9g3k2pcRQ7Tp.fBDBRi\n' >"$work/htpasswd"
    start_registry closed "$work/htpasswd"; guarded=$address
}

plain_http() { # CERTS_D HOST:PORT...
    local certs=$1 host; shift
    for host; do
        [ -n "$host" ] || continue
        mkdir -p "$certs/$host"
        printf 'server = "http://%s"\n' "$host" >"$certs/$host/hosts.toml"
    done
}

mirrors() { # CERTS_D MIRROR HOST...: pulls of the hosts go to the mirror, by plain http
    local certs=$1 mirror=$2 host; shift 2
    for host; do
        mkdir -p "$certs/$host"
        printf 'server = "https://%s"\n\n[host."http://%s"]\n  capabilities = ["pull", "resolve"]\n' "$host" "$mirror" >"$certs/$host/hosts.toml"
    done
}

# A short folder for sockets (their paths end at 108 bytes), a bridge and a subnet that nobody on this host has.
private_place() {
    local n
    run_dir=$(mktemp -d /run/cfc.XXXXXX)
    socket=$run_dir/cri.sock
    for n in $(shuf -i 1-250 -n 50); do
        if ! ip -o addr show | grep -q " 10\.213\.$n\." && ! ip link show "cfc$n" >/dev/null 2>&1; then
            bridge=cfc$n subnet=10.213.$n.0/24
            break
        fi
    done
    [ -n "$bridge" ] || die "no free bridge name and subnet within 10.213.0.0/16"
    private=yes
    mkdir -p "$work/net.d" "$work/certs.d" "$work/root"
    cat >"$work/net.d/10-conformance.conflist" <<J
{"cniVersion": "1.0.0", "name": "conformance-$bridge", "plugins": [
  {"type": "bridge", "bridge": "$bridge", "isGateway": true, "ipMasq": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$work/cni", "ranges": [[{"subnet": "$subnet"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
J
}

# start_carafed: the built distribution, its configuration in one place, with the handler of $handler. Waits for the socket.
start_carafed() {
    local dist=${CARAFE_DIST:-$top/assembly/target/carafe} pid cgroup_parent=/carafe_conformance_$run_id
    # The driver is the host's own; systemd's wants a slice.
    [ ! -d /run/systemd/system ] || cgroup_parent=carafe_conformance_$run_id.slice
    [ -x "$dist/bin/carafed" ] || die "no distribution at $dist; build it (mvn package -DskipTests), or give --endpoint"
    cat >"$work/carafed.toml" <<T
default_handler = "runc"
[daemon]
root = "$work/root"
run = "$run_dir/run"
socket = "$socket"
[network]
conf_dir = "$work/net.d"
[registry]
certs_d = "$work/certs.d"
[host]
cgroup_parent = "$cgroup_parent"
T
    handler_section runc "$work" >>"$work/carafed.toml"
    case $handler in
        '' | runc) ;;
        *) handler_section "$handler" "$work" >>"$work/carafed.toml" \
            || die "configure handler $handler at an endpoint of your own and give --endpoint" ;;
    esac
    setsid "$dist/bin/carafed" --config "$work/carafed.toml" </dev/null >"$work/daemon.log" 2>&1 & pid=$!
    daemon_pids+=("$pid")
    await_socket $pid "$work/daemon.log"
}

# start_containerd SANDBOX_IMAGE: Debian's containerd with everything of its own.
start_containerd() {
    local pid
    command -v containerd >/dev/null || die "containerd is missing (apt-get install containerd)"
    cat >"$work/containerd.toml" <<T
version = 2
root = "$work/root"
state = "$run_dir/state"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper"]
[grpc]
  address = "$socket"
[ttrpc]
  address = "$socket.ttrpc"
[plugins."io.containerd.internal.v1.opt"]
  path = "$work/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$1"
  # Without CAP_SYS_RESOURCE runc cannot lower the sandbox's oom_score_adj.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  stream_server_address = "127.0.0.1"
  stream_server_port = "0"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$work/net.d"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$work/certs.d"
T
    setsid containerd --config "$work/containerd.toml" --log-level info </dev/null >"$work/daemon.log" 2>&1 & pid=$!
    daemon_pids+=("$pid")
    await_socket $pid "$work/daemon.log"
}

# What a killed private daemon leaves: its shims, monitors and sandboxes by our own paths in their command line, and their containers.
end_strays() {
    local proc line
    for proc in /proc/[0-9]*; do
        line=$({ tr '\0' ' ' <"$proc/cmdline"; } 2>/dev/null) || continue
        case $line in
            *containerd-shim*"$socket"*|*containerd-shim*"$run_dir/"*|*"$run_dir/"*stream-holder*|*conmon*"$run_dir/"*|*conmon*"$work/"*|*runsc*"$run_dir/"*) kill -9 "${proc#/proc/}" 2>/dev/null || true ;;
        esac
    done
    for line in "$run_dir"/state/io.containerd.runtime.v2.task/k8s.io/*/init.pid; do
        [ -s "$line" ] && kill -9 "$(cat "$line")" 2>/dev/null || true
    done
}

take_down() {
    local code=$? pid target
    set +e
    trap - EXIT
    trap '' INT TERM HUP
    [ -z "$suite_pid" ] || end "$suite_pid"
    # What a run takes back itself is not swept again, but a run that was cut short.
    if [ $code -gt 1 ] && [ -n "$socket" ] && [ -S "$socket" ]; then
        timeout 120 "${conformance[@]}" sweep --socket "$socket" --run-id "$([ -n "$private" ] && echo '*' || echo "$run_id")" >&2 || true
    fi
    for pid in "${daemon_pids[@]}"; do end "$pid"; done
    if [ -n "$private" ]; then
        end_strays
        awk '{print $5}' /proc/self/mountinfo | grep -E "^($run_dir|$work)/" | tac | while read -r target; do umount -l "$target" || true; done
        remove_network_rules "conformance-$bridge"
        ip link del "$bridge" 2>/dev/null || true
        [ $code -le 1 ] || { [ ! -s "$work/daemon.log" ] || { say "the end of the daemon's log:"; tail -5 "$work/daemon.log" >&2; }; }
        [ -z "${report:-}" ] || { mkdir -p "$report" && cp "$work/daemon.log" "$report/daemon.log" 2>/dev/null; } || true
        rm -rf "$run_dir"
    fi
    # Parents of pods' cgroups, which are a kubelet's to remove.
    [ ! -d /run/systemd/system ] || systemctl stop "carafe_conformance_$run_id.slice" 2>/dev/null
    find /sys/fs/cgroup -depth -type d -path "*/carafe_conformance_$run_id*" -exec rmdir {} + 2>/dev/null
    [ -z "$work" ] || rm -rf --one-file-system "$work"
    exit $code
}

run_suite() { # [extra options of ConformanceCommand suite]
    in_background "${conformance[@]}" suite --socket "$socket" --registry "$registry" --guarded "$guarded" \
        --run-id "$run_id" --work "$work" --busybox "${BUSYBOX:-/bin/busybox}" --report "$report" "$@"
}
