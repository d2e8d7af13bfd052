package io.carafe.kata;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.tck.TckContexts;
import io.carafe.ports.tck.runtime.RecordedExits;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A daemon reduced to one adopted container, in a process of its own that can be killed. */
final class AdoptingDaemon {
    private static final String READY = "adopted";

    private AdoptingDaemon() {}

    /** Arguments: the directory of the harness, the shim, the container. Ends by being killed only. */
    public static void main(String[] arguments) throws Exception {
        var context = TckContexts.in(Path.of(arguments[0]), Map.of("path", arguments[1]));
        new ShimProvider()
                .create(new HandlerContext("tck", context, CgroupDriver.CGROUPFS, new RecordedExits()))
                .containers()
                .adopt(new ContainerId(arguments[2]));
        System.out.println(READY);
        Thread.currentThread().join();
    }

    /** Returns when it has adopted the container. */
    static Process launch(Path directory, ContainerId container) throws IOException {
        String classPath =
                System.getProperty("surefire.test.class.path", String.valueOf(System.getProperty("java.class.path")));
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        AdoptingDaemon.class.getName(),
                        directory.toString(),
                        Kits.RUNC_SHIM,
                        container.value()))
                .redirectError(Redirect.INHERIT)
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!READY.equals(line)) {
            process.destroyForcibly();
            throw new IOException("the daemon did not adopt " + container + ": " + line);
        }
        return process;
    }
}
