/**
 * The command line that runc, crun and runsc share: argument lists, running them with a deadline, their own words when they fail.
 * Read {@link io.carafe.oci.cli.OciCli} first. Source: runc(8), crun(1), the OCI runtime command line interface.
 */
@NullMarked
package io.carafe.oci.cli;

import org.jspecify.annotations.NullMarked;
