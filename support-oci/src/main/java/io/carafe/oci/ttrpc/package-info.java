/**
 * ttrpc, the protocol of shims: protobuf messages behind a header of ten bytes, on a unix socket. Read {@link
 * io.carafe.oci.ttrpc.TtrpcConnection} first.
 *
 * <p>Messages are written and read by field number, by {@link io.carafe.oci.ttrpc.ProtoMessage} and {@link
 * io.carafe.oci.ttrpc.ProtoFields}: a shim's whole vocabulary is some twenty messages of a few fields each, two package names share it,
 * and generated classes would be fifty times as much code.
 *
 * <p>Source: github.com/containerd/ttrpc PROTOCOL.md; protobuf.dev/programming-guides/encoding.
 */
@NullMarked
package io.carafe.oci.ttrpc;

import org.jspecify.annotations.NullMarked;
