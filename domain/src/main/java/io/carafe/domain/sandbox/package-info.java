/**
 * What a pod sandbox is: its configuration as the kubelet gives it, its states and what may follow which. Read {@link
 * io.carafe.domain.sandbox.PodSandbox} first. Source: CRI v1 PodSandboxConfig, PodSandboxStatus.
 */
@NullMarked
package io.carafe.domain.sandbox;

import org.jspecify.annotations.NullMarked;
