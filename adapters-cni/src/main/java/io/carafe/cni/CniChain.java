package io.carafe.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.domain.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The plugins of a network, run one after the other. Source: CNI spec, section 3. */
record CniChain(PluginPath path, CniPluginRunner runner) {

    /** Runs ADD, each plugin being told what the one before answered. */
    CniResult add(CniAttachment attachment, Path namespace) throws InterruptedException {
        Optional<ObjectNode> previous = Optional.empty();
        for (CniPluginConf plugin : attachment.network().plugins()) {
            var command = CniPluginCommand.forAttachment(
                    CniVerb.ADD, attachment, plugin, path, Optional.of(namespace), previous);
            previous = Optional.of(answer(command, attachment).raw());
        }
        var result = new CniResult(previous.orElseThrow());
        if (ips(result, attachment).isEmpty()) {
            throw new Fault.Unavailable("network " + attachment.network() + " gave pod sandbox " + attachment.id()
                    + " no address on " + attachment.interfaceName() + ": " + result.raw());
        }
        return result;
    }

    private CniResult answer(CniPluginCommand command, CniAttachment attachment) throws InterruptedException {
        byte[] output = runner.run(command);
        try {
            return CniResult.parse(output, attachment.network().version());
        } catch (Fault.InvalidArgument fault) {
            throw new Fault.Unavailable(
                    command + " succeeded, but its result is " + fault.getMessage() + ": '"
                            + CniPluginError.tail(output) + "'",
                    fault);
        }
    }

    static List<String> ips(CniResult result, CniAttachment attachment) {
        try {
            return result.ips(attachment.interfaceName());
        } catch (Fault.InvalidArgument fault) {
            throw new Fault.Unavailable(
                    "result of network " + attachment.network() + " for pod sandbox " + attachment.id() + ": "
                            + fault.getMessage(),
                    fault);
        }
    }

    /**
     * Runs DEL in reverse. Stops at the first failure, as the specification says: an address that is given back while a
     * firewall still has rules for it would get its next owner the traffic of this one. Only an ADD that did not end has no such
     * rules to speak of, so there all plugins are asked, and the first failure is thrown at the end.
     *
     * @param namespace empty if it is gone
     */
    void del(CniAttachment attachment, Optional<Path> namespace) throws InterruptedException {
        Optional<Fault> failure = Optional.empty();
        for (CniPluginConf plugin : attachment.network().plugins().reversed()) {
            try {
                runner.run(CniPluginCommand.forAttachment(
                        CniVerb.DEL, attachment, plugin, path, namespace, attachment.result()));
            } catch (Fault fault) {
                if (attachment.result().isPresent()) {
                    throw fault;
                }
                failure = failure.or(() -> Optional.of(fault));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** Runs STATUS: returns if every plugin is ready. */
    void status(CniConfList network, Duration mostEach) throws InterruptedException {
        for (CniPluginConf plugin : network.plugins()) {
            runner.run(CniPluginCommand.forStatus(network, plugin, path), mostEach);
        }
    }

    /** Runs GC of one plugin. */
    void collectGarbage(CniConfList network, CniPluginConf plugin, List<AttachmentKey> valid)
            throws InterruptedException {
        runner.run(CniPluginCommand.forGarbage(network, plugin, path, valid));
    }
}
