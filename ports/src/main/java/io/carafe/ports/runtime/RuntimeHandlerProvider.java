package io.carafe.ports.runtime;

import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.Set;

/**
 * Makes handlers of one kind. Public, final, with a no-argument constructor that does nothing; found by ServiceLoader. Of two
 * providers with one name neither is used, and both are listed.
 */
public interface RuntimeHandlerProvider {
    /** What {@code provider = "…"} in the configuration says. */
    String name();

    /** The option names that a {@code [handlers.NAME]} section may have besides {@code provider}. */
    Set<String> optionNames();

    /**
     * Whether a handler with these options can work here: the program is there and answers. Must not throw anything else;
     * bounded in time; leaves nothing behind.
     *
     * @throws io.carafe.domain.fault.Fault.InvalidArgument if an option is right on no host; the message has its name, so that the
     *     configuration can be refused with file and line
     */
    Availability availability(Options options);

    /**
     * Makes the handler. Called only when {@link #availability} said Available, or for records of a handler that was
     * available once; does not touch containers.
     *
     * <p>One that is made while its program is missing serves its containers also when the program has come, so it concludes nothing
     * from that. Others of the same options may be made beside it, to ask what they cannot do; and over the same directories with
     * other options, which serve other containers: a reload changes new pods only.
     */
    RuntimeHandler create(HandlerContext context);
}
