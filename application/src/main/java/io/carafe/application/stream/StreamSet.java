package io.carafe.application.stream;

import io.carafe.domain.fault.Fault;

/**
 * The streams of an exec or attach.
 *
 * @param tty whether the client has a terminal and tells its size; all output comes on stdout then
 */
public record StreamSet(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
    public StreamSet {
        if (!stdin && !stdout && !stderr) {
            throw new Fault.InvalidArgument("none of stdin, stdout and stderr is asked for; ask for at least one");
        }
        if (tty && stderr) {
            throw new Fault.InvalidArgument("stderr and tty exclude each other: a terminal has one output, stdout");
        }
    }
}
