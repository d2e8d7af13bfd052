# Sourced by bin/*: starts one of our mains on our own run-time image. launch NAME MAIN JVM_OPTION... -- ARGUMENT...
#
# Set by who wants to look deeper: CARAFE_JAVA_OPTS, more JVM options. Set by the build: CARAFE_TRAIN=record, to write down what this
# run loads; CARAFE_TRAIN=create, to make the AOT cache of that instead of running.

# Whether the JARs are those that the AOT cache was made with. The JVM goes by their times, which a copy may have lost: then their
# digests decide, once, and they get their times back.
known_jars() {
    [ "$(cd "$lib" && stat -c '%n %s %Y' ./*.jar)" = "$(cat "$lib/jars")" ] || {
        (cd "$lib" && sha256sum --check --status jars.sha256 && touch -d @315532800 ./*.jar) 2>/dev/null \
            && [ "$(cd "$lib" && stat -c '%n %s %Y' ./*.jar)" = "$(cat "$lib/jars")" ]
    }
}

launch() {
    name=$1 main=$2
    shift 2
    lib=$home/lib
    # With an AOT cache the JVM looks for resources on the class path that the cache was made with, also in a copy. So the class
    # path has one name wherever the distribution lies: descriptor 9 of this process.
    exec 9<"$lib"
    class_path=
    for jar in "$lib"/*.jar; do class_path=$class_path:/proc/self/fd/9/${jar##*/}; done
    class_path=${class_path#:}
    cache=$lib/$name.aot
    case ${CARAFE_TRAIN:-} in
        record) set -- -XX:AOTMode=record "-XX:AOTConfiguration=$cache.config" "$@"; cache= ;;
        create) set -- -XX:AOTMode=create "-XX:AOTConfiguration=$cache.config" "-XX:AOTCache=$cache" "$@"; cache= ;;
        *) if [ -f "$cache" ] && known_jars; then set -- "-XX:AOTCache=$cache" "$@"; else set -- -XX:AOTMode=off "$@"; fi ;;
    esac
    # Our options go before the caller's, which end with --.
    set -- -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError \
        -Xlog:disable -Xlog:all=error:stderr "-Dcarafe.aot=$cache" "-Dcarafe.home=$home" \
        -Djava.util.logging.manager=io.carafe.assembly.log.LastingLogs \
        "-Djava.library.path=$lib/native" "-Djffi.boot.library.path=$lib/native" \
        --enable-native-access=ALL-UNNAMED -cp "$class_path" "$@"
    options=$#
    # The first "--" that stands alone parts options from arguments: rotate the list once and drop it.
    parted=
    while [ "$options" -gt 0 ]; do
        word=$1
        shift
        options=$((options - 1))
        if [ -z "$parted" ] && [ "$word" = -- ]; then
            parted=yes
            # shellcheck disable=SC2086 # several options in one variable
            set -- "$@" ${CARAFE_JAVA_OPTS:-} "$main"
        else
            set -- "$@" "$word"
        fi
    done
    # The C library's per-thread heaps would cost more memory than they save time.
    MALLOC_ARENA_MAX=2 exec "$home/runtime/bin/java" "$@"
}
