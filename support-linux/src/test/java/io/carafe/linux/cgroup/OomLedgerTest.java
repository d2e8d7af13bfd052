package io.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.linux.mount.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a tree of plain files that counts as the kernel does: a kill in a scope is one in the pod's slice. */
class OomLedgerTest {
    private static final String POD = "/kubepods.slice/kubepods-pod1.slice";
    private static final String A = POD + "/carafe-a.scope";
    private static final String B = POD + "/carafe-b.scope";
    private static final String C = POD + "/carafe-c.scope";

    @TempDir
    Path directory;

    private OomLedger ledger;

    @BeforeEach
    void makePod() throws IOException {
        makeCgroup(POD);
        ledger = restarted();
    }

    @Test
    void killIsKnownWhenTheScopeIsGone() throws IOException {
        begin(A);
        kill(A);
        remove(A);

        assertThat(ledger.settle(A)).isTrue();
        assertThat(ledger.settle(A)).as("asked again").isTrue();
    }

    @Test
    void scopeThatIsStillThereTells() throws IOException {
        begin(A);
        begin(B);
        kill(A);

        assertThat(ledger.settle(A)).isTrue();
        remove(A);
        assertThat(ledger.settle(A)).isTrue();
        assertThat(end(B))
                .as("the kill was in the other, whose scope went after it was settled")
                .isFalse();
    }

    @Test
    void damagedAccountKeepsNoEndUntold() throws IOException {
        begin(A);
        begin(B);
        Files.write(directory.resolve("accounts/carafe-b.scope"), new byte[] {(byte) 0xff, (byte) 0xfe});
        kill(A);

        assertThat(end(A)).isTrue();
        assertThat(ledger.settle(B)).as("its own cgroup tells").isFalse();
    }

    @Test
    void endWithoutAKillIsSpared() throws IOException {
        begin(A);
        remove(A);

        assertThat(ledger.settle(A)).isFalse();
        makeCgroup(B);
        kill(B);
        remove(B);
        assertThat(ledger.settle(A)).as("what comes later is not counted").isFalse();
    }

    @Test
    void killOfASiblingThatIsGoneIsTheSiblings() throws IOException {
        begin(A);
        begin(B);
        kill(A);

        assertThat(end(A)).isTrue();
        assertThat(end(B)).isFalse();
    }

    @Test
    void killOfASiblingThatRunsOnIsTheSiblings() throws IOException {
        begin(A);
        begin(B);
        kill(B);

        assertThat(end(A)).isFalse();
        assertThat(end(B)).as("of one of its processes, before its end").isTrue();
    }

    @Test
    void eachOfTwoKillsIsTold() throws IOException {
        begin(A);
        begin(B);
        begin(C);
        kill(A);
        kill(A);
        kill(B);
        remove(A);
        remove(B);

        assertThat(ledger.settle(A)).isTrue();
        assertThat(ledger.settle(B)).isTrue();
        assertThat(end(C)).isFalse();
    }

    @Test
    void ofContainersThatWentTogetherEachIsInDoubt() throws IOException {
        begin(A);
        begin(B);
        kill(A);
        remove(A);
        remove(B);

        assertThat(ledger.settle(B)).isTrue();
        assertThat(ledger.settle(A)).as("it was in this one").isTrue();
    }

    @Test
    void earlierKillsOfThePodAreNotANewContainers() throws IOException {
        begin(A);
        kill(A);
        end(A);
        ledger.forget(A);
        begin(B);

        assertThat(end(B)).isFalse();
    }

    @Test
    void containerThatBeginsWhileASettledOneIsStillThereIsNotBlamed() throws IOException {
        begin(A);
        kill(A);
        ledger.settle(A);
        begin(B);
        remove(A);
        ledger.forget(A);

        assertThat(end(B)).isFalse();
    }

    @Test
    void siblingThatWasDeletedTakesItsKillsAlong() throws IOException {
        begin(A);
        begin(B);
        kill(A);
        end(A);
        ledger.forget(A);

        assertThat(end(B)).isFalse();
    }

    @Test
    void killInASettledScopeThatStandsIsNotLaidToAnotherLater() throws IOException {
        begin(A);
        begin(B);
        ledger.settle(A);
        kill(A);

        assertThat(ledger.settle(A)).as("says the same again").isFalse();
        remove(A);
        ledger.forget(A);
        assertThat(end(B)).isFalse();
    }

    @Test
    void containerOfADaemonThatKeptNoAccountsIsNotBlamedForWhatWasBefore() throws IOException {
        makeCgroup(A);
        makeCgroup(B);
        kill(A);
        ledger.open(A);
        ledger.open(B);

        assertThat(end(B)).isFalse();
        assertThat(end(A)).as("of one of its processes, before it was found").isTrue();
    }

    @Test
    void killInAContainerThatIsFoundWithoutAnAccountIsItsOwn() throws IOException {
        makeCgroup(A);
        begin(B);
        ledger.open(A);
        kill(A);

        assertThat(end(A)).isTrue();
        assertThat(end(B)).isFalse();
    }

    @Test
    void accountThatIsThereStaysAsItIs() throws IOException {
        begin(A);
        kill(A);
        ledger.open(A);
        remove(A);
        ledger.open(A);

        assertThat(ledger.settle(A)).isTrue();
        ledger.open(A);
        assertThat(ledger.settle(A)).isTrue();
    }

    @Test
    void goneScopeGetsNoAccount() throws IOException {
        ledger.open(A);

        assertThat(account(A)).doesNotExist();
    }

    @Test
    void askingOfALivingContainerSettlesNothing() throws IOException {
        begin(A);
        begin(B);

        assertThat(ledger.hasKilledIn(A)).isFalse();
        kill(A);
        assertThat(ledger.hasKilledIn(A)).isTrue();
        remove(A);
        assertThat(ledger.hasKilledIn(A)).as("by its account").isTrue();
        assertThat(ledger.settle(A)).isTrue();
        assertThat(ledger.hasKilledIn(A)).as("by what was settled").isTrue();
        assertThat(ledger.hasKilledIn(C)).as("without account and cgroup").isFalse();
        assertThat(end(B)).isFalse();
    }

    @Test
    void killWhileNoDaemonRanIsKnownAfterARestart() throws IOException {
        begin(A);
        begin(B);
        kill(A);
        remove(A);
        ledger = restarted();

        assertThat(ledger.settle(A)).isTrue();
        ledger = restarted();
        assertThat(ledger.settle(A)).isTrue();
        assertThat(end(B)).isFalse();
    }

    @Test
    void settlingThatWasCutOffIsDoneAgain() throws IOException {
        begin(A);
        begin(B);
        kill(A);
        remove(A);
        String open = Files.readString(account(A));
        ledger.settle(A);
        // all but the last step
        Files.writeString(account(A), open);

        assertThat(restarted().settle(A)).isTrue();
        assertThat(end(B)).isFalse();
    }

    @Test
    void goneContainerWithoutAnAccountIsNotLaidToWhoGoesOn() throws IOException {
        begin(B);
        makeCgroup(A);
        kill(A);
        remove(A);

        assertThat(ledger.settle(A)).as("nothing can be known").isFalse();
        assertThat(account(A)).doesNotExist();
        assertThat(end(B)).isFalse();
    }

    @Test
    void settledContainerThatHadNoAccountIsNotLaidToWhoGoesOn() throws IOException {
        begin(B);
        makeCgroup(A);
        kill(A);

        assertThat(ledger.settle(A)).isTrue();
        remove(A);
        assertThat(end(B)).isFalse();
    }

    @Test
    void foreignCgroupThatIsGoneIsNotLaidToWhoWasThereWhenAnotherBegan() throws IOException {
        String foreign = POD + "/other.scope";
        makeCgroup(foreign);
        begin(A);
        kill(foreign);
        remove(foreign);
        begin(B);

        assertThat(end(A)).isFalse();
        assertThat(end(B)).isFalse();
    }

    @Test
    void adoptionOnAFullDiskIsNoFailure() throws IOException {
        // in the way of what is to be written
        Files.writeString(directory.resolve("accounts"), "");
        makeCgroup(A);
        kill(A);

        ledger.adopt(A);

        assertThat(ledger.settle(A)).as("its own cgroup tells").isTrue();
    }

    @Test
    void foreignCgroupIsNotBlamedOnAContainer() throws IOException {
        String foreign = POD + "/other.scope";
        makeCgroup(foreign);
        begin(A);
        kill(foreign);

        assertThat(end(A)).isFalse();
    }

    @Test
    void containerWithoutAnAccountHasTheCountOfItsCgroup() throws IOException {
        makeCgroup(A);
        kill(A);

        assertThat(ledger.settle(A)).isTrue();
        remove(A);
        assertThat(ledger.settle(A)).as("kept from then on").isTrue();
        Files.writeString(account(B), "what is this");
        assertThat(ledger.settle(B)).isFalse();
    }

    @Test
    void podWithoutACountSparesAll() throws IOException {
        Files.delete(memoryEvents(POD));
        begin(A);

        assertThat(end(A)).isFalse();
    }

    @Test
    void fullDiskDoesNotHideTheKill() throws IOException {
        begin(A);
        kill(A);
        remove(A);
        // in the way of what is to be written
        Files.createDirectories(directory.resolve("accounts/carafe-a.scope.new/x"));

        assertThat(ledger.settle(A)).isTrue();
        assertThat(ledger.settle(A)).as("asked again").isTrue();
    }

    @Test
    void cgroupThatStaysHasNoAccount() throws IOException {
        begin(POD + "/c1");
        kill(POD + "/c1");

        assertThat(directory.resolve("accounts")).doesNotExist();
        assertThat(ledger.settle(POD + "/c1")).isTrue();
    }

    @Test
    void version1HasNoAccounts() throws IOException {
        Path mountinfo = Files.writeString(
                directory.resolve("mountinfo"),
                "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n");
        OomLedger version1 =
                new OomLedger(CgroupHierarchy.of(MountTable.read(mountinfo)), directory.resolve("accounts"));

        version1.open(A);

        assertThat(directory.resolve("accounts")).doesNotExist();
        assertThat(version1.settle(A)).isFalse();
        version1.forget(A);
    }

    private OomLedger restarted() {
        return new OomLedger(CgroupHierarchy.unified(directory.resolve("cgroup")), directory.resolve("accounts"));
    }

    private Path account(String cgroup) {
        return directory.resolve("accounts").resolve(Path.of(cgroup).getFileName());
    }

    private void begin(String cgroup) throws IOException {
        makeCgroup(cgroup);
        ledger.open(cgroup);
    }

    /** As systemd does it: the scope is gone before anybody has looked. */
    private boolean end(String cgroup) throws IOException {
        remove(cgroup);
        return ledger.settle(cgroup);
    }

    private void makeCgroup(String cgroup) throws IOException {
        Files.createDirectories(memoryEvents(cgroup).getParent());
        count(memoryEvents(cgroup), 0);
    }

    private void remove(String cgroup) throws IOException {
        Files.delete(memoryEvents(cgroup));
        Files.delete(memoryEvents(cgroup).getParent());
    }

    private void kill(String cgroup) throws IOException {
        for (Path events : List.of(memoryEvents(cgroup), memoryEvents(POD))) {
            String text = Files.readString(events);
            count(
                    events,
                    Long.parseLong(text.substring(text.lastIndexOf(' ') + 1).strip()) + 1);
        }
    }

    private static void count(Path memoryEvents, long kills) throws IOException {
        Files.writeString(memoryEvents, "low 0\nhigh 0\nmax 7\noom 3\noom_kill " + kills + "\n");
    }

    private Path memoryEvents(String cgroup) {
        return directory.resolve("cgroup" + cgroup + "/memory.events");
    }
}
