package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.Signal;
import java.time.Duration;
import java.util.function.Consumer;

/** How a container is stopped: which signal, how long it may take, what comes then. */
@Conformance
final class ContainerStopConformance {
    /** Exits with a code that tells the signal that came. */
    private static final Consumer<ContainerConfig.Builder> TELLS_SIGNAL = Scripts.command(
            "sh",
            "-c",
            "trap 'exit 40' TERM; trap 'exit 41' USR1; trap 'exit 42' INT; echo ready; while :; do sleep 0.1; done");

    private static final Duration GRACE = Duration.ofSeconds(20);

    @Claim(answers = {"StopContainer", "StopContainerRequest.timeout"})
    void defaultSignalIsTerm(Bench bench) {
        var container = ready(bench, bench.images().busybox().reference(), _ -> {});
        container.stop(GRACE);
        assertThat(container.status().getExitCode()).isEqualTo(40);
    }

    @Claim(answers = {"StopContainer"})
    void imagesStopSignalIsUsed(Bench bench) {
        var container = ready(bench, bench.images().named("words").reference(), _ -> {});
        container.stop(GRACE);
        assertThat(container.status().getExitCode()).isEqualTo(41);
    }

    @Claim(
            answers = {"ContainerConfig.stop_signal"},
            quote = "The custom stop signal for the container")
    void configsStopSignalPrevailsOverTheImages(Bench bench) {
        var container = ready(
                bench, bench.images().named("words").reference(), config -> config.setStopSignal(Signal.SIGNAL_SIGINT));
        container.stop(GRACE);
        assertThat(container.status().getExitCode()).isEqualTo(42);
    }

    @Claim(
            answers = {"ContainerStatus.stop_signal"},
            quote = "Returns the stop signal used by the container runtime to terminate the container")
    void stopSignalInForceIsReported(Bench bench) {
        var words = bench.images().named("words").reference();
        var pod = bench.pod();
        assertThat(pod.create(_ -> {}).status().getStopSignal()).isEqualTo(Signal.SIGNAL_SIGTERM);
        bench.pulled(words);
        assertThat(pod.create(config -> config.setImage(Requests.image(words)))
                        .status()
                        .getStopSignal())
                .isEqualTo(Signal.SIGNAL_SIGUSR1);
        assertThat(pod.create(config -> config.setStopSignal(Signal.SIGNAL_SIGRTMINPLUS3))
                        .status()
                        .getStopSignal())
                .isEqualTo(Signal.SIGNAL_SIGRTMINPLUS3);
    }

    @Claim(
            answers = {"StopContainerRequest.timeout"},
            quote = "Default: 0 (forcibly terminate the container immediately)")
    void timeoutZeroKillsAtOnce(Bench bench) {
        var container = ready(bench, bench.images().busybox().reference(), _ -> {});
        long began = System.nanoTime();
        container.stop(Duration.ZERO);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        assertThat(container.status().getState()).isEqualTo(ContainerState.CONTAINER_EXITED);
        assertThat(container.status().getExitCode()).isEqualTo(137);
    }

    @Claim(
            answers = {"StopContainerRequest.timeout"},
            quote = "The runtime must forcibly kill the container after the grace period is reached.")
    void containerThatIgnoresTheSignalIsKilledAfterTheGracePeriod(Bench bench) {
        var container = bench.pod().start(Scripts.STUBBORN);
        Await.until(
                "the trap is set",
                Duration.ofSeconds(5),
                () -> container.exec("pidof", "sleep").code() == 0);
        long began = System.nanoTime();
        container.stop(Duration.ofSeconds(2));
        var took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(took).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(15));
        assertThat(container.status().getExitCode()).isEqualTo(137);
    }

    @Claim(answers = {"StopContainerRequest.timeout"})
    void stopReturnsWhenTheContainerHasExitedNotWhenTheGracePeriodIsOver(Bench bench) {
        var container = ready(bench, bench.images().busybox().reference(), _ -> {});
        long began = System.nanoTime();
        container.stop(Duration.ofSeconds(60));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }

    @Claim(answers = {"StopContainer"})
    void stopOfACreatedContainerSucceeds(Bench bench) {
        var container = bench.pod().create(_ -> {});
        container.stop(Duration.ofSeconds(1));
        container.remove();
    }

    @Claim(answers = {"StopContainer"})
    void stopOfOneContainerLeavesTheOthersOfItsPod(Bench bench) {
        var pod = bench.pod();
        var one = pod.start();
        var other = pod.start();
        one.stop(GRACE);
        assertThat(other.status().getState()).isEqualTo(ContainerState.CONTAINER_RUNNING);
        assertThat(other.exec("true").code()).isZero();
    }

    private static TestContainer ready(Bench bench, String image, Consumer<ContainerConfig.Builder> change) {
        bench.pulled(image);
        var container = bench.pod().start(config -> {
            TELLS_SIGNAL.accept(config);
            config.setImage(Requests.image(image));
            change.accept(config);
        });
        Await.until(
                "its traps are set",
                Duration.ofSeconds(10),
                () -> container.out().contains("ready"));
        return container;
    }
}
