/**
 * The built daemon on a node of its own: what a crash, a restart and a JAR from outside do to real pods. Read
 * {@link io.carafe.assembly.node.PrivateNode} first.
 */
@NullMarked
package io.carafe.assembly.node;

import org.jspecify.annotations.NullMarked;
