package io.carafe.streaming;

import io.carafe.application.container.Attach;
import io.carafe.application.container.Exec;
import io.carafe.application.sandbox.PortForward;
import io.carafe.application.stream.StreamTickets;

/** What streaming drives. */
public record StreamUseCases(StreamTickets tickets, Exec exec, Attach attach, PortForward portForward) {}
