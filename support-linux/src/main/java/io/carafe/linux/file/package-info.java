/**
 * What java.nio.file cannot do with files: names that are only bytes, device nodes, extended attributes, resolution that
 * cannot leave a root, and trees removed or measured without following links or crossing mounts.
 *
 * <p>Read {@link io.carafe.linux.file.RootedDirectory} first: it gives {@link io.carafe.linux.file.FileEntry}, the name of one
 * file in one directory, on which everything else is done.
 */
@NullMarked
package io.carafe.linux.file;

import org.jspecify.annotations.NullMarked;
