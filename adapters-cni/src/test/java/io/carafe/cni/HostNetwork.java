package io.carafe.cni;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands of the host for tests: ip and iptables. */
final class HostNetwork {
    private HostNetwork() {}

    /** What a command printed; fails the test if it failed. */
    static String run(String... command) {
        Result result = attempt(command);
        if (result.status != 0) {
            throw new AssertionError(List.of(command) + " failed: " + result.output);
        }
        return result.output;
    }

    /** Runs a command that may fail. */
    static Result attempt(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    record Result(int status, String output) {}
}
