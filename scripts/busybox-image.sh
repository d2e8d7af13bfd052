# Sourced by quickstart: a small image made of the host's static busybox. Needs $top's common.sh.

# busybox_image FOLDER: an OCI image layout in FOLDER, tag "latest"; a shell, the usual programs, a few files.
busybox_image() {
    local folder=$1 root=$1.root busybox applet layer diff config manifest
    busybox=$(static_busybox)
    rm -rf "$folder" "$root"
    mkdir -p "$folder/blobs/sha256" "$root"/{bin,etc,tmp,root,proc,sys,dev}
    cp -L "$busybox" "$root/bin/busybox"
    chmod 755 "$root/bin/busybox"
    chmod 1777 "$root/tmp"
    for applet in $("$busybox" --list); do
        [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
    done
    printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
    printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
    tar -C "$root" --owner=0 --group=0 --numeric-owner --sort=name --mtime=@0 -cf "$folder/layer.tar" .
    diff=$(digest "$folder/layer.tar")
    gzip -n "$folder/layer.tar"
    layer=$(blob "$folder" "$folder/layer.tar.gz" application/vnd.oci.image.layer.v1.tar+gzip)
    printf '{"architecture":"%s","os":"linux","config":{"Cmd":["sh"],"Env":["PATH=/bin"]},"rootfs":{"type":"layers","diff_ids":["%s"]}}' \
        "$(oci_architecture)" "$diff" >"$folder/config"
    config=$(blob "$folder" "$folder/config" application/vnd.oci.image.config.v1+json)
    printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}' \
        "$config" "$layer" >"$folder/manifest"
    manifest=$(blob "$folder" "$folder/manifest" application/vnd.oci.image.manifest.v1+json)
    printf '{"schemaVersion":2,"manifests":[%s,"annotations":{"org.opencontainers.image.ref.name":"latest"}}]}' \
        "${manifest%\}}" >"$folder/index.json"
    printf '{"imageLayoutVersion":"1.0.0"}' >"$folder/oci-layout"
    rm -rf "$root"
}

# push_image FOLDER REFERENCE: by plain http.
push_image() {
    skopeo --insecure-policy copy --dest-tls-verify=false "oci:$1:latest" "docker://$2"
}

oci_architecture() {
    case $(uname -m) in
        x86_64) echo amd64 ;;
        aarch64) echo arm64 ;;
        *) uname -m ;;
    esac
}

digest() { printf 'sha256:%s' "$(sha256sum "$1" | cut -d' ' -f1)"; }

# Moves a file among the blobs and prints its descriptor.
blob() { # FOLDER FILE MEDIA_TYPE
    local digest size
    digest=$(digest "$2")
    size=$(stat -c %s "$2")
    mv "$2" "$1/blobs/sha256/${digest#sha256:}"
    printf '{"mediaType":"%s","digest":"%s","size":%d}' "$3" "$digest" "$size"
}
