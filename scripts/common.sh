# Sourced by verify and quickstart: steps with times, the JDK, Debian packages, Maven. Sets nothing but functions and, by
# find_jdk, JAVA_HOME. The sourcing script sets $top and $logs (a folder).

if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m' clear=$'\r\e[K' live=yes
else
    bold='' dim='' red='' green='' plain='' clear='' live=
fi

say() { printf '%s\n' "$*"; }
die() { printf '%s%s:%s %s\n' "$red" "$(basename "$0")" "$plain" "$*" >&2; exit 2; }

milliseconds() { local now=${EPOCHREALTIME/./}; printf '%s' "${now%???}"; }
seconds() { printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100)); }

# step TITLE COMMAND...: runs it with its output in a log, shows that it lives, then how long it took. A failure shows the end of
# the log and is the caller's.
step() {
    local title=$1 begin log pid code=0 shown='' news
    shift
    begin=$(milliseconds)
    log=$logs/$(printf '%s' "$title" | tr -cs 'A-Za-z0-9' '-' | sed 's/-*$//').log
    # A process group of its own, so that an interrupt can end all of it.
    set -m
    "$@" </dev/null >"$log" 2>&1 &
    pid=$! step_pid=$!
    set +m
    while kill -0 $pid 2>/dev/null; do
        news=$(sed -n 's/^\[INFO\] Building Carafe :: \(.*\) [^ ]* *\(\[.*\]\)$/\2 \1/p' "$log" 2>/dev/null | tail -n 1) || true
        if [ -n "$live" ]; then
            printf '%s  %-44s %s%s %s%s' "$clear" "$title" "$dim" "$(seconds $(($(milliseconds) - begin)))" "$news" "$plain"
        elif [ -n "$news" ] && [ "$news" != "$shown" ]; then
            printf '  . %-42s %s\n' "$news" "$(seconds $(($(milliseconds) - begin)))"
            shown=$news
        fi
        wait_a_moment $pid
    done
    wait $pid || code=$?
    step_pid=
    if [ $code -eq 0 ]; then
        printf '%s%s+%s %-44s %s\n' "$clear" "$green" "$plain" "$title" "$(seconds $(($(milliseconds) - begin)))"
    else
        printf '%s%sx%s %-44s %s, failed (%d); the end of %s:\n' "$clear" "$red" "$plain" "$title" \
            "$(seconds $(($(milliseconds) - begin)))" $code "$log"
        { grep -E '^\[ERROR\]' "$log" || tail -n 25 "$log"; } | head -n 40 | sed 's/^/    /'
    fi
    return $code
}

step_pid=
end_step() { [ -z "$step_pid" ] || kill -TERM -- "-$step_pid" 2>/dev/null || true; }

# Short at first, so that a step of 10 ms takes 30 ms.
wait_a_moment() {
    local i
    for i in 1 2 3 4 5; do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.03
    done
}

require_root() { [ "$(id -u)" -eq 0 ] || die "needs root: namespaces, mounts and cgroups are made; run: sudo $0 $*"; }

is_jdk_25() { grep -qs '^JAVA_VERSION="25[."]' "$1/release" && [ -x "$1/bin/javac" ] && [ -x "$1/bin/jlink" ]; }

# Sets JAVA_HOME to a JDK 25, for Maven and all that it starts.
find_jdk() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk*25* /opt/java/* \
        "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /none/bin/javac)")")")"; do
        if [ -n "$home" ] && is_jdk_25 "$home"; then
            export JAVA_HOME=$home
            return
        fi
    done
    die "no JDK 25 found (looked at JAVA_HOME, /usr/lib/jvm, /opt and the path). Get one:
    Debian: Eclipse Temurin's packages, https://adoptium.net/installation/linux, then: apt-get install temurin-25-jdk
    or unpack an archive of https://adoptium.net/temurin/releases/?version=25 anywhere and set JAVA_HOME to it"
}

# Which Debian packages are missing, by what they bring.
missing_packages() {
    local entry
    for entry in "$@"; do
        case ${entry%%=*} in
            /*) [ -e "${entry%%=*}" ] ;;
            *) PATH=$PATH:/usr/sbin:/sbin command -v "${entry%%=*}" >/dev/null ;;
        esac || printf '%s\n' "${entry#*=}"
    done
    static_busybox >/dev/null || printf 'busybox-static\n'
    [ -x /usr/lib/cni/bridge ] || [ -x /opt/cni/bin/bridge ] || printf 'containernetworking-plugins\n'
}

# The path of a busybox that needs no library.
static_busybox() {
    local path
    for path in "$(command -v busybox)" /bin/busybox /usr/bin/busybox; do
        if [ -x "$path" ] && ! LC_ALL=C ldd "$path" 2>/dev/null | grep -q '=>'; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    return 1
}

# What both commands need beside the JDK: program=package.
programs=(runc=runc crun=crun conmon=conmon iptables=iptables docker-registry=docker-registry skopeo=skopeo ip=iproute2 ps=procps
    mvn=maven git=git nsenter=util-linux containerd-shim-runc-v2=containerd)

install_programs() { # [more program=package]
    local packages
    packages=$(missing_packages "${programs[@]}" "$@" | sort -u | tr '\n' ' ')
    [ -n "$packages" ] || return 0
    command -v apt-get >/dev/null || die "these packages (Debian's names) are missing, and there is no apt-get here: $packages"
    step "Installing ${packages% }" install_packages $packages || exit 2
}

# Without starting what they bring, now or at the next boot: a registry of Debian's would take port 5000 and run on, and of
# containerd only the shim is wanted.
install_packages() {
    (
        flock 9
        local policy=/usr/sbin/policy-rc.d ours='' service
        if [ ! -e $policy ]; then
            ours=yes
            printf '#!/bin/sh\nexit 101\n' >$policy
            chmod 755 $policy
        fi
        trap '[ -z "$ours" ] || rm -f "$policy"' EXIT
        export DEBIAN_FRONTEND=noninteractive
        apt-get -q -o DPkg::Lock::Timeout=600 update || true
        apt-get -q -y -o DPkg::Lock::Timeout=600 install --no-install-recommends "$@"
        for service in docker-registry containerd; do
            case " $* " in
                *" $service "*) ! command -v systemctl >/dev/null || systemctl disable "$service" || true ;;
            esac
        done
    ) 9>/run/carafe-apt.lock
}

# Maven on the JDK found; its colours and download lines would only fill the log.
maven() { (cd "$top" && mvn -B -ntp -Dstyle.color=never "$@"); }
