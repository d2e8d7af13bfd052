#!/bin/bash
# Sourced: gets gVisor's runsc, of which Debian 12 itself has a version too old for the systrap platform. Needs common.sh. Run as a
# program it does just that, and prints where it is.

gvisor_dir=/var/cache/carafe/gvisor
runsc=$gvisor_dir/usr/bin/runsc

# Unpacks the package of bookworm-backports into a directory of its own; nothing is installed and the host's apt is left as it is.
fetch_runsc() {
    (
        flock 9
        [ ! -x "$runsc" ] || exit 0
        local apt options
        apt=$(mktemp -d)
        trap 'rm -rf "$apt"' EXIT
        mkdir -p "$apt"/lists/partial "$apt"/archives/partial
        chmod 755 "$apt"
        printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm-backports main\n' \
            >"$apt/sources.list"
        options=(-q -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
            -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt" -o APT::Sandbox::User=root)
        apt-get "${options[@]}" update
        cd "$apt"
        apt-get "${options[@]}" download runsc
        rm -rf "$gvisor_dir.new"
        mkdir -p "$gvisor_dir.new"
        dpkg-deb -x "$apt"/runsc_*.deb "$gvisor_dir.new"
        "$gvisor_dir.new/usr/bin/runsc" --version
        rm -rf "$gvisor_dir"
        mv "$gvisor_dir.new" "$gvisor_dir"
    ) 9>/run/carafe-runsc.lock
}

install_runsc() {
    [ ! -x "$runsc" ] || return 0
    mkdir -p "${gvisor_dir%/*}"
    step "Fetching runsc of bookworm-backports" fetch_runsc || exit 2
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    set -euo pipefail
    mkdir -p "${gvisor_dir%/*}"
    fetch_runsc >&2
    printf '%s\n' "$runsc"
fi
