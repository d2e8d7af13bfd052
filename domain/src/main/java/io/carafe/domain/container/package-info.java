/**
 * What a container is: its configuration as the kubelet gives it, its states and what may follow which. Read {@link
 * io.carafe.domain.container.Container} first. Source: CRI v1 ContainerConfig, ContainerStatus.
 */
@NullMarked
package io.carafe.domain.container;

import org.jspecify.annotations.NullMarked;
