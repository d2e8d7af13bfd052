package io.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.Pressure;
import io.carafe.domain.resource.SwapUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    Path directory;

    @Test
    void version1IsReadFromItsTrees() throws IOException {
        file("cpuacct.usage", "123456789\n");
        file("memory.usage_in_bytes", "10000\n");
        file("memory.limit_in_bytes", "50000\n");
        file(
                "memory.stat",
                "cache 1\nrss 2\ntotal_rss 4000\ntotal_inactive_file 3000\ntotal_pgfault 70\ntotal_pgmajfault 7\n");
        file("memory.memsw.usage_in_bytes", "10500\n");
        file("memory.memsw.limit_in_bytes", "52000\n");
        file("pids.current", "5\n");

        CgroupUsage usage = v1().orElseThrow();

        assertThat(usage.at()).isEqualTo(NOW);
        assertThat(usage.cpu().usageCoreNanoSeconds()).isEqualTo(123456789);
        assertThat(usage.memory().usage()).isEqualTo(new Bytes(10000));
        assertThat(usage.memory().workingSet()).isEqualTo(new Bytes(7000));
        assertThat(usage.memory().available()).hasValue(new Bytes(43000));
        assertThat(usage.memory().rss()).isEqualTo(new Bytes(4000));
        assertThat(usage.memory().pageFaults()).isEqualTo(70);
        assertThat(usage.memory().majorPageFaults()).isEqualTo(7);
        assertThat(usage.swap()).hasValue(new SwapUsage(NOW, new Bytes(500), Optional.of(new Bytes(1500))));
        assertThat(usage.processes()).isEqualTo(5);
        assertThat(usage.cpu().pressure()).isEmpty();
    }

    @Test
    void unlimitedMemoryOfVersion1HasNothingAvailable() throws IOException {
        file("cpuacct.usage", "1\n");
        file("memory.usage_in_bytes", "10000\n");
        file("memory.limit_in_bytes", "9223372036854771712\n");
        file("memory.stat", "");

        CgroupUsage usage = v1().orElseThrow();

        assertThat(usage.memory().available()).isEmpty();
        assertThat(usage.swap()).isEmpty();
        assertThat(usage.processes()).isZero();
    }

    @Test
    void version2IsReadFromItsDirectory() throws IOException {
        file("cpu.stat", "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\n");
        file("cpu.pressure", "some avg10=1.50 avg60=0.25 avg300=0.00 total=4711\n");
        file("memory.current", "10000\n");
        file("memory.max", "50000\n");
        file("memory.stat", "anon 4000\nfile 6000\ninactive_file 3000\npgfault 70\npgmajfault 7\n");
        file("memory.swap.current", "500\n");
        file("memory.swap.max", "max\n");
        file("pids.current", "5\n");
        file(
                "io.pressure",
                "some avg10=0.00 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00 avg60=0.00 avg300=2.00 total=9\n");

        CgroupUsage usage = v2().orElseThrow();

        assertThat(usage.cpu().usageCoreNanoSeconds()).isEqualTo(1_500_000);
        assertThat(usage.cpu().pressure().map(Pressure::some)).hasValue(new Pressure.Stall(4711, 1.5, 0.25, 0));
        assertThat(usage.memory().workingSet()).isEqualTo(new Bytes(7000));
        assertThat(usage.memory().available()).hasValue(new Bytes(43000));
        assertThat(usage.memory().rss()).isEqualTo(new Bytes(4000));
        assertThat(usage.memory().majorPageFaults()).isEqualTo(7);
        assertThat(usage.memory().pressure()).isEmpty();
        assertThat(usage.swap()).hasValue(new SwapUsage(NOW, new Bytes(500), Optional.empty()));
        assertThat(usage.io().map(Pressure::full)).hasValue(new Pressure.Stall(9, 0, 0, 2));
    }

    @Test
    void version2WithoutControllersStillTellsCpuTime() throws IOException {
        file("cpu.stat", "usage_usec 2\n");

        CgroupUsage usage = v2().orElseThrow();

        assertThat(usage.cpu().usageCoreNanoSeconds()).isEqualTo(2000);
        assertThat(usage.memory().usage()).isEqualTo(Bytes.ZERO);
        assertThat(usage.memory().available()).isEmpty();
    }

    @Test
    void goneCgroupHasNoUsage() {
        assertThat(v1()).isEmpty();
        assertThat(v2()).isEmpty();
    }

    private Optional<CgroupUsage> v1() {
        return new UsageV1(directory, directory, Optional.of(directory)).read(NOW);
    }

    private Optional<CgroupUsage> v2() {
        return new UsageV2(directory).read(NOW);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
