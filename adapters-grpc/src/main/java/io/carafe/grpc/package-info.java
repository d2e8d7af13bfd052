/**
 * The CRI v1 server: what the kubelet calls. An endpoint method is three lines: FromProto, a use case, ToProto. FromProto turns a
 * request into domain values, once; zero means unset there and nowhere else, and a field that is set and cannot be honoured is
 * refused with its path. Read {@link io.carafe.grpc.PodSandboxFromProto} and {@link io.carafe.grpc.PodSandboxToProto} first.
 * Source: k8s.io/cri-api pkg/apis/runtime/v1/api.proto.
 */
@NullMarked
package io.carafe.grpc;

import org.jspecify.annotations.NullMarked;
