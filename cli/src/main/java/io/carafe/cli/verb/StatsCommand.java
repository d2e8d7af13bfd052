package io.carafe.cli.verb;

import io.carafe.cli.text.Quantities;
import io.carafe.cli.text.TextTable;
import io.carafe.cri.v1.ContainerStats;
import io.carafe.cri.v1.CpuUsage;
import io.carafe.cri.v1.ListContainerStatsRequest;
import io.carafe.cri.v1.ListContainerStatsResponse;
import io.carafe.cri.v1.ListPodSandboxStatsRequest;
import io.carafe.cri.v1.ListPodSandboxStatsResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe stats}: what containers, or pods, use now. CPU use is the difference of two looks, a second apart. */
public final class StatsCommand implements Verb {
    private static final long BETWEEN_MILLIS = 1000;

    @Override
    public String name() {
        return "stats";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Shows what running containers use.",
                        "CPU within a second (100%% is one core), memory, writable layer.");
        spec.addOption(Options.flag("Of pods, with network and processes.", "-p", "--pods"))
                .addOption(Options.output());
    }

    @Override
    public int run(ParseResult parsed, Session session) throws InterruptedException {
        if (Options.isSet(parsed, "-p")) {
            pods(parsed, session);
        } else {
            containers(parsed, session);
        }
        return 0;
    }

    private static void containers(ParseResult parsed, Session session) throws InterruptedException {
        var before = new HashMap<String, CpuUsage>();
        if (!Options.json(parsed)) {
            containers(session).getStatsList().forEach(each -> before.put(id(each), each.getCpu()));
            Thread.sleep(BETWEEN_MILLIS);
        }
        var response = containers(session);
        var table = new TextTable("CONTAINER ID", "NAME", "CPU", "MEMORY", "WRITTEN", "FILES");
        for (var stats : response.getStatsList()) {
            table.row(
                    Quantities.shortId(id(stats)),
                    stats.getAttributes().getMetadata().getName(),
                    cpu(before, id(stats), stats.getCpu()),
                    Quantities.size(stats.getMemory().getWorkingSetBytes().getValue()),
                    Quantities.size(stats.getWritableLayer().getUsedBytes().getValue()),
                    stats.getWritableLayer().getInodesUsed().getValue());
        }
        session.show(parsed, table, response);
    }

    private static void pods(ParseResult parsed, Session session) throws InterruptedException {
        var before = new HashMap<String, CpuUsage>();
        if (!Options.json(parsed)) {
            pods(session)
                    .getStatsList()
                    .forEach(each -> before.put(
                            each.getAttributes().getId(), each.getLinux().getCpu()));
            Thread.sleep(BETWEEN_MILLIS);
        }
        var response = pods(session);
        var table = new TextTable("POD ID", "NAME", "CPU", "MEMORY", "RECEIVED", "SENT", "PROCESSES");
        for (var stats : response.getStatsList()) {
            var use = stats.getLinux();
            var network = use.getNetwork().getDefaultInterface();
            table.row(
                    Quantities.shortId(stats.getAttributes().getId()),
                    stats.getAttributes().getMetadata().getName(),
                    cpu(before, stats.getAttributes().getId(), use.getCpu()),
                    Quantities.size(use.getMemory().getWorkingSetBytes().getValue()),
                    Quantities.size(network.getRxBytes().getValue()),
                    Quantities.size(network.getTxBytes().getValue()),
                    use.getProcess().getProcessCount().getValue());
        }
        session.show(parsed, table, response);
    }

    private static ListContainerStatsResponse containers(Session session) {
        return session.client().runtime().listContainerStats(ListContainerStatsRequest.getDefaultInstance());
    }

    private static ListPodSandboxStatsResponse pods(Session session) {
        return session.client().runtime().listPodSandboxStats(ListPodSandboxStatsRequest.getDefaultInstance());
    }

    /** In percent of a core; "-" without two different looks. */
    static String cpu(Map<String, CpuUsage> before, String id, CpuUsage after) {
        var first = before.get(id);
        if (first == null || after.getTimestamp() <= first.getTimestamp()) {
            return "-";
        }
        double used = after.getUsageCoreNanoSeconds().getValue()
                - first.getUsageCoreNanoSeconds().getValue();
        return String.format(Locale.ROOT, "%.1f%%", 100 * used / (after.getTimestamp() - first.getTimestamp()));
    }

    private static String id(ContainerStats stats) {
        return stats.getAttributes().getId();
    }
}
