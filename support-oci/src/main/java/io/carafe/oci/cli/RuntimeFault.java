package io.carafe.oci.cli;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** Turns what runtimes, kernel and file system answer into faults; the only place of an adapter over a command line that does. */
public final class RuntimeFault {
    /**
     * How runc (1.1 to 1.3), crun and runsc say that the container's own command cannot be executed. A missing mount source, say, is
     * another "no such file", and may be there at the next try.
     */
    private static final Pattern COMMAND =
            Pattern.compile("exec: \"|exec user process|executable file|open executable|chdir to cwd|exec format error|"
                    + "unable to find (user|group)|failed to load |error finding executable");

    /** How they say that the container is in no state for what was asked: it has ended since we looked. */
    private static final Pattern STATE = Pattern.compile(
            "stopped container|container that has stopped|container does not exist|not running|in state ");

    /** How they say that the kernel takes a limit on no try: below what the process uses already, or beyond what there is. */
    private static final Pattern LIMIT = Pattern.compile("unable to set memory limit|memory limit (could be )?too low|"
            + "/cgroup/\\S*: (?i:invalid argument|numerical result out of range)");

    private RuntimeFault() {}

    /** Work that may fail as files, programs and kernel calls do. */
    public interface Work<T> {
        T run() throws IOException, CommandFailure, InterruptedException;
    }

    /** Work without a result. */
    public interface Action {
        void run() throws IOException, CommandFailure, InterruptedException;
    }

    /** Does {@code work}; {@code attempted} says what and on which id, and starts the message of a fault. */
    public static <T> T during(String attempted, Work<T> work) throws InterruptedException {
        try {
            return work.run();
        } catch (LinuxException e) {
            throw of(attempted, e);
        } catch (UncheckedIOException e) {
            throw of(attempted, e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (IOException e) {
            throw of(attempted, e);
        } catch (CommandFailure e) {
            throw of(attempted, e);
        } catch (IllegalArgumentException e) {
            // a cgroup path or slice that cannot be one
            throw new Fault.InvalidArgument(attempted + ": " + e.getMessage(), e);
        }
    }

    public static void doing(String attempted, Action action) throws InterruptedException {
        during(attempted, () -> {
            action.run();
            return attempted;
        });
    }

    /** From the runtime's own words about a container's command or spec. */
    public static Fault ofWords(String attempted, String words) {
        String message = attempted + ": " + (words.isEmpty() ? "the runtime gave no reason" : words);
        if (COMMAND.matcher(words).find() || LIMIT.matcher(words).find()) {
            return new Fault.InvalidArgument(message);
        }
        if (STATE.matcher(words).find()) {
            return new Fault.WrongState(message);
        }
        return isFull(words)
                ? new Fault.Exhausted(message + "; free space, inodes or pids")
                : new Fault.Unavailable(message);
    }

    public static Fault of(String attempted, CommandFailure failure) {
        return switch (failure) {
            case CommandFailure.BadExit e -> ofWords(attempted, e.words().isEmpty() ? messageOf(e) : e.words());
            case CommandFailure.NotStarted e ->
                new Fault.Unavailable(
                        attempted + ": " + messageOf(e) + " (" + e.getCause() + "); install it or correct its path", e);
            case CommandFailure.Killed e -> new Fault.Unavailable(attempted + ": " + messageOf(e), e);
        };
    }

    public static Fault of(String attempted, LinuxException e) {
        String message = attempted + ": " + e.getMessage();
        return switch (e.errno()) {
            case ENOSPC, EDQUOT -> new Fault.Exhausted(message + "; free space or inodes", e);
            case EMFILE, ENFILE, ENOMEM -> new Fault.Exhausted(message + "; raise the limit or lessen the load", e);
            case EBUSY -> new Fault.WrongState(message + "; something still uses it", e);
            default -> new Fault.Unavailable(message, e);
        };
    }

    public static Fault of(String attempted, IOException e) {
        String message = attempted + ": " + e;
        return isFull(message)
                ? new Fault.Exhausted(message + "; free space or inodes", e)
                : new Fault.Unavailable(message, e);
    }

    // the JDK and the runtimes keep no error number, only the C library's words
    private static boolean isFull(String message) {
        return message.contains("No space left")
                || message.contains("no space left")
                || message.contains("Disk quota exceeded");
    }

    private static String messageOf(Throwable e) {
        return String.valueOf(e.getMessage());
    }
}
