package io.carafe.kata;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.LinuxException;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.ttrpc.StatusCode;
import io.carafe.oci.ttrpc.TtrpcFailure;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Turns what shims, kernel and file system answer into faults; the only place of this module that does. */
final class ShimFault {
    private ShimFault() {}

    /** Work that may fail as files, programs, shims and kernel calls do. */
    interface Work<T> {
        T run() throws Exception;
    }

    /** Work without a result. */
    interface Action {
        void run() throws Exception;
    }

    /** Does {@code work}; {@code attempted} says what and on which id, and starts the message of a fault. */
    static <T> T during(String attempted, Work<T> work) throws InterruptedException {
        try {
            return work.run();
        } catch (InterruptedException | Fault e) {
            throw e;
        } catch (LinuxException e) {
            throw RuntimeFault.of(attempted, e);
        } catch (UncheckedIOException e) {
            throw RuntimeFault.of(attempted, e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (IOException e) {
            throw RuntimeFault.of(attempted, e);
        } catch (TtrpcFailure e) {
            throw of(attempted, e);
        } catch (CommandFailure e) {
            throw RuntimeFault.of(attempted, e);
        } catch (ShimDead e) {
            throw new Fault.Unavailable(attempted + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            // a cgroup path or slice that cannot be one
            throw new Fault.InvalidArgument(attempted + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(attempted, e);
        }
    }

    static void doing(String attempted, Action action) throws InterruptedException {
        during(attempted, () -> {
            action.run();
            return attempted;
        });
    }

    private static Fault of(String attempted, TtrpcFailure failure) {
        return switch (failure) {
            case TtrpcFailure.Lost e ->
                new Fault.Unavailable(attempted + ": " + messageOf(e) + "; its shim has ended or hangs", e);
            case TtrpcFailure.Late e -> new Fault.TimedOut(attempted + ": " + messageOf(e) + "; its shim hangs", e);
            case TtrpcFailure.Refused e -> refused(attempted, e);
        };
    }

    private static Fault refused(String attempted, TtrpcFailure.Refused e) {
        String message = attempted + ": " + e.words();
        return switch (e.code()) {
            case StatusCode.DEADLINE_EXCEEDED -> new Fault.TimedOut(message, e);
            case StatusCode.NOT_FOUND -> new Fault.NotFound(message);
            case StatusCode.FAILED_PRECONDITION -> new Fault.WrongState(message, e);
            case StatusCode.UNIMPLEMENTED -> new Fault.Unsupported(message + "; this shim cannot do it");
            default -> RuntimeFault.ofWords(attempted, e.words());
        };
    }

    private static String messageOf(Throwable e) {
        return String.valueOf(e.getMessage());
    }
}
