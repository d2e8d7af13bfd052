# Sourced: what each handler needs here and how it is configured, in one place for quickstart and the conformance scripts.

known_handlers='runc crun runsc shim'

# handler_section NAME DIRECTORY: the section of carafed's configuration; a file that it takes goes into the directory. Fails with a
# sentence where a program is missing.
handler_section() {
    local program
    case $1 in
        runc) printf '[handlers.runc]\nprovider = "runc"\n' ;;
        crun)
            program=/usr/bin/crun
            present "$program" || return 1
            # crun refuses hosts that have cgroups of both versions: there it is run without sight of version 2.
            if grep -q ' /sys/fs/cgroup/unified ' /proc/self/mounts; then
                program=$2/crun
                crun_without_unified >"$program"
                chmod 755 "$program"
            fi
            printf '[handlers.crun]\nprovider = "runc"\npath = "%s"\n' "$program"
            ;;
        runsc)
            for program in "${RUNSC:-}" /var/cache/carafe/gvisor/usr/bin/runsc /usr/bin/runsc ''; do
                [ ! -x "$program" ] || break
            done
            [ -n "$program" ] || { echo "no runsc (scripts/runsc.sh fetches it, RUNSC names another)" >&2; return 1; }
            printf '[handlers.runsc]\nprovider = "gvisor"\npath = "%s"\nnetwork = "%s"\n' "$program" "${RUNSC_NETWORK:-host}"
            ;;
        shim)
            present /usr/bin/containerd-shim-runc-v2 || return 1
            printf '[handlers.shim]\nprovider = "shim"\npath = "/usr/bin/containerd-shim-runc-v2"\n'
            ;;
        *) echo "no handler $1 is known here; there are: $known_handlers" >&2; return 1 ;;
    esac
}

present() { [ -x "$1" ] || { echo "$1 is missing" >&2; return 1; }; }

# The mounts stay in the peer groups of the host's, all but those of cgroups, so that mount propagation works as without it.
crun_without_unified() {
    cat <<'S'
#!/bin/sh
exec unshare --mount --propagation unchanged sh -c \
    'mount --make-private /sys/fs/cgroup && umount /sys/fs/cgroup/unified && exec /usr/bin/crun "$@"' crun "$@"
S
}
