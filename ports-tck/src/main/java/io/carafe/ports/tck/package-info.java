/**
 * One abstract JUnit class per port, {@code <Port>Tck}, which every implementation extends: ours, the memory ports' and
 * vendors'. A subclass gives the factory and names what it cannot do, with the reason.
 */
@NullMarked
package io.carafe.ports.tck;

import org.jspecify.annotations.NullMarked;
