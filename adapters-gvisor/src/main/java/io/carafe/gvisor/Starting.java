package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.Bytes;
import io.carafe.linux.socket.Fifo;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.cli.RuntimeLog;
import io.carafe.oci.exec.CapturedStream;
import io.carafe.oci.exec.ExecOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Starts a container that was created: its waiter is told to, and tells what runsc answered.
 *
 * <p>Crash: whether we hear the answer or not, the waiter goes on.
 */
record Starting(GvisorTools tools) {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Bytes ANSWER_LIMIT = new Bytes(64);

    void start(MonitoredContainer container) throws InterruptedException {
        String attempted = "start " + container;
        RuntimeFault.doing(attempted, () -> tools.gated(() -> start(attempted, container)));
    }

    private void start(String attempted, MonitoredContainer container)
            throws IOException, CommandFailure, InterruptedException {
        // opened before it is asked, so that no answer is missed
        ExecOutput words = new ExecOutput(ANSWER_LIMIT, tools.memory());
        CapturedStream answer = CapturedStream.of(container.file(Waiter.ANSWER), words.stdout(), tools.readiness());
        boolean asked = false;
        try {
            asked = Fifo.write(container.file(Waiter.START), "start\n");
        } finally {
            if (!asked) {
                answer.discard();
            }
        }
        if (!asked) {
            throw new Fault.WrongState(
                    attempted + ": it has ended before it was started; remove it and create another");
        }
        String text = tools.tasks().within(attempted, TIMEOUT, () -> {
            answer.drain();
            return new String(words.stdout().take(), StandardCharsets.UTF_8).strip();
        });
        switch (text) {
            case "0" -> {
                // it runs
            }
            case "" -> throw new CommandFailure.Killed("the process that was to start it was killed");
            default ->
                throw RuntimeFault.ofWords(
                        attempted + " to run " + container.knownTrace().command(),
                        new RuntimeLog(container.files().runtimeLog()).lastError());
        }
    }
}
