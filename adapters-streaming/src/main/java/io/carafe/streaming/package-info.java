/**
 * kubectl's exec, attach and port-forward, by the URLs that CRI answers: HTTP/1.1 that is upgraded to SPDY/3.1 or WebSocket. Netty
 * reads and writes on two threads that never wait; each session is a virtual thread that reads an {@link io.carafe.streaming.Inbox}
 * and writes to an {@link io.carafe.streaming.Outbox}, both bounded. Read {@link io.carafe.streaming.StreamingServer} first, then
 * {@link io.carafe.streaming.UpgradeHandler}.
 *
 * <p>Source: SPDY/3.1 as moby/spdystream speaks it; the Kubernetes protocols as k8s.io/kubelet/pkg/cri/streaming has them.
 */
@NullMarked
package io.carafe.streaming;

import org.jspecify.annotations.NullMarked;
