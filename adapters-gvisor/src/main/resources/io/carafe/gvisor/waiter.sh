#!/bin/sh
# Stands between conmon and runsc: makes a container, which is no process of the host, look like one to conmon. Installed by the
# daemon under its version; what runs goes on with the version it was started with.
#
#   waiter --runsc=PROGRAM GLOBAL... create --bundle DIR --pid-file FILE [--console-socket SOCKET] ID
#       creates the container and leaves a process, "the container", which ends with the container's exit code. In DIR:
#       start     FIFO to it: a line lets it start the container
#       answer    FIFO from it: what runsc start answered, as a number
#       started   made when the container runs
#       status    its exit code
#       orphaned  made when the sandbox ended before the exit code was known
#   waiter --runsc=PROGRAM GLOBAL... exec ...
#       as conmon asks for it, and writes the pid inside the sandbox to "internal-pid" beside the pid file

runsc='' command='' left=$#
while [ "$left" -gt 0 ] && [ -z "$command" ]; do
    argument=$1
    shift
    left=$((left - 1))
    case $argument in
        --runsc=*) runsc=${argument#*=} ;;
        -*) set -- "$@" "$argument" ;;
        *) command=$argument ;;
    esac
done
# Now "$@" is what came after the command, of which there are $left, then the global flags.

if [ "$command" = exec ]; then
    previous='' pid_file=''
    for argument; do
        [ "$previous" != --pid-file ] || pid_file=$argument
        previous=$argument
    done
    set -- "$@" exec --internal-pid-file "${pid_file%/*}/internal-pid"
    while [ "$left" -gt 0 ]; do
        argument=$1
        shift
        left=$((left - 1))
        # conmon before 2.1.11 says it once more; runsc reads it in the process file
        [ "$argument" = --tty ] || set -- "$@" "$argument"
    done
    exec "$runsc" "$@"
fi

[ "$command" = create ] || {
    echo "waiter: unknown command '$command'" >&2
    exit 125
}
bundle='' pid_file='' console='' id=''
while [ "$left" -gt 0 ]; do
    case $1 in
        --bundle) bundle=$2 ;;
        --pid-file) pid_file=$2 ;;
        --console-socket) console=$2 ;;
        *)
            id=$1
            shift
            left=$((left - 1))
            continue
            ;;
    esac
    shift 2
    left=$((left - 2))
done

if [ -n "$console" ]; then
    "$runsc" "$@" create --bundle "$bundle" --console-socket "$console" "$id" || exit
else
    "$runsc" "$@" create --bundle "$bundle" "$id" </dev/null || exit
fi

container() {
    read -r _ <&7
    exec 7<&-
    # The container gets these streams, which are conmon's.
    "$runsc" "$@" start "$id" 6>&-
    code=$?
    if [ $code -ne 0 ]; then
        echo $code >&6
        exit 128
    fi
    : >"$bundle/started"
    echo 0 >&6
    exec 6>&- </dev/null >/dev/null 2>&1
    answer=$("$runsc" "$@" wait "$id")
    # Killed, for instance for want of memory, it has not answered.
    while [ $? -gt 128 ]; do
        answer=$("$runsc" "$@" wait "$id")
    done
    status=${answer##*\"exitStatus\":}
    status=${status%%\}*}
    case $status in
        '' | *[!0-9]*)
            : >"$bundle/orphaned"
            exit 137
            ;;
    esac
    echo "$status" >"$bundle/status"
    # Ends what the first process has left behind, while conmon is there to reap the gofer.
    "$runsc" "$@" delete "$id"
    exit "$status"
}

# For reading and writing, so that neither side waits for the other to open it or hears of an end that is none.
exec 6<>"$bundle/answer" 7<>"$bundle/start" 8<&0
container "$@" <&8 8<&- &
echo $! >"$pid_file"
