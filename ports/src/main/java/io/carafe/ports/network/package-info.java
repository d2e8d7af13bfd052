/** Networks for pods. Read {@link io.carafe.ports.network.PodNetwork}. */
@NullMarked
package io.carafe.ports.network;

import org.jspecify.annotations.NullMarked;
