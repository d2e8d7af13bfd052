package io.carafe.domain.spec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A process to run: the container's own, or an exec's. */
public record OciProcess(
        boolean terminal,
        OciUser user,
        List<String> args,
        List<String> env,
        String cwd,
        Optional<OciCapabilities> capabilities,
        List<OciRlimit> rlimits,
        boolean noNewPrivileges,
        Optional<String> apparmorProfile,
        OptionalInt oomScoreAdj) {
    public OciProcess {
        args = List.copyOf(args);
        env = List.copyOf(env);
        rlimits = List.copyOf(rlimits);
    }

    /** The same identity and confinement with another command: what an exec runs. */
    public OciProcess exec(List<String> command, boolean tty) {
        return new OciProcess(
                tty,
                user,
                command,
                env,
                cwd,
                capabilities,
                rlimits,
                noNewPrivileges,
                apparmorProfile,
                OptionalInt.empty());
    }

    public OciProcess withUser(OciUser newUser) {
        return new OciProcess(
                terminal,
                newUser,
                args,
                env,
                cwd,
                capabilities,
                rlimits,
                noNewPrivileges,
                apparmorProfile,
                oomScoreAdj);
    }
}
