/**
 * The daemon {@code carafed}: its command line, its start and its end, and the graph that wires the use cases to what serves
 * and backs them. Read {@link io.carafe.assembly.CarafedMain}, then {@link io.carafe.assembly.CarafedComponent}.
 */
@NullMarked
package io.carafe.assembly;

import org.jspecify.annotations.NullMarked;
