package io.carafe.oci.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.carafe.domain.process.TerminalSize;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciResources;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.domain.spec.OciSpec;
import io.carafe.oci.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * config.json, the process of an exec, and the resources of an update.
 *
 * <p>Concurrency: safe.
 */
public final class SpecJson {
    private static final Json JSON =
            new Json(new SimpleModule("oci-spec").setMixInAnnotation(OciSeccomp.Arg.class, UnsignedArg.class));

    private SpecJson() {}

    public static void write(OciSpec spec, Path file) throws IOException {
        JSON.write(spec, file);
    }

    /** The file that {@code exec --process} reads. */
    public static void write(OciProcess process, Optional<TerminalSize> size, Path file) throws IOException {
        JSON.write(Sized.of(process, size), file);
    }

    /** As {@link #write(OciProcess, Optional, Path)}, for those who take it by message. */
    public static byte[] bytes(OciProcess process, Optional<TerminalSize> size) {
        return JSON.bytes(Sized.of(process, size));
    }

    /** A process with the size that its terminal begins with, which is of one run and so of no record. */
    private record Sized(@JsonUnwrapped OciProcess process, Optional<ConsoleSize> consoleSize) {
        static Sized of(OciProcess process, Optional<TerminalSize> size) {
            return new Sized(process, size.map(one -> new ConsoleSize(one.height(), one.width())));
        }
    }

    private record ConsoleSize(int height, int width) {}

    public static OciSpec read(Path file) throws IOException {
        return JSON.read(file, OciSpec.class);
    }

    /**
     * What {@code update --resources -} reads. What is unset is left out, which the runtime takes for "as it is". Huge pages cannot
     * be changed in a running container, and the OOM score is no matter of cgroups: neither is in it.
     */
    public static byte[] update(LinuxResources resources) {
        Optional<OciResources.Memory> memory =
                resources.memoryLimit().isEmpty() && resources.memorySwapLimit().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new OciResources.Memory(
                                resources
                                        .memoryLimit()
                                        .map(Bytes::value)
                                        .map(OptionalLong::of)
                                        .orElse(OptionalLong.empty()),
                                resources.memorySwapLimit()));
        Optional<OciResources.Cpu> cpu = Optional.of(new OciResources.Cpu(
                resources.cpuShares(),
                resources.cpuQuota(),
                resources.cpuPeriod(),
                resources.cpusetCpus(),
                resources.cpusetMems()));
        return JSON.bytes(new OciResources(List.of(), memory, cpu, List.of(), resources.unified()));
    }

    /** Seccomp compares unsigned numbers of 64 bits, which Java's long holds as negative ones from 2^63 on. */
    private interface UnsignedArg {
        @SuppressWarnings("UnusedMethod") // a mix-in: Jackson reads the annotation
        @JsonSerialize(using = Unsigned.class)
        long value();
    }

    private static final class Unsigned extends JsonSerializer<Long> {
        @Override
        public void serialize(Long value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
        }
    }
}
