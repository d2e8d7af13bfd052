/** The program that certifies, without and with the kit. */
@NullMarked
package io.carafe.assembly.certify;

import org.jspecify.annotations.NullMarked;
