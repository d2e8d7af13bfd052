/** The built distribution, run as a user runs it: as programs. */
@NullMarked
package io.carafe.assembly.dist;

import org.jspecify.annotations.NullMarked;
