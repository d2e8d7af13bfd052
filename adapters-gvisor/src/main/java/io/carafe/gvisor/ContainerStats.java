package io.carafe.gvisor;

import com.fasterxml.jackson.databind.JsonNode;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.CpuUsage;
import io.carafe.domain.resource.MemoryUsage;
import io.carafe.oci.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@code runsc events --stats} says: processor time, memory and processes as gVisor's kernel counts them. What the kernel itself
 * and the file servers use is the pod's only.
 */
final class ContainerStats {
    private static final Json JSON = new Json();

    private ContainerStats() {}

    static CgroupUsage parse(String text, Instant now) throws IOException {
        JsonNode data =
                JSON.tree(text.substring(Math.max(0, text.indexOf('{')))).path("data");
        if (data.isMissingNode()) {
            throw new IOException("not statistics of runsc: " + text.strip());
        }
        Bytes memory = new Bytes(data.path("memory").path("usage").path("usage").asLong());
        return new CgroupUsage(
                new CpuUsage(now, data.path("cpu").path("usage").path("total").asLong(), Optional.empty()),
                // no page of a file is counted, so there is no inactive one to take off
                new MemoryUsage(now, memory, Optional.empty(), memory, memory, 0, 0, Optional.empty()),
                Optional.empty(),
                data.path("pids").path("current").asLong(),
                Optional.empty(),
                now);
    }
}
