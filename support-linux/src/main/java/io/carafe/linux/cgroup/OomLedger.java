package io.carafe.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * In which containers the kernel has killed for want of memory, where a container's cgroup goes with its last process, and its count
 * with it, as systemd's scopes do.
 *
 * <p>What stays is the count of the pod's cgroup. In version 2 it has every kill in the cgroups below it, before the signal is sent,
 * and keeps it when they are gone. Without the counts of the cgroups that are still there it is the kills in those that have ended; of
 * them each container's account says how many were known before. So an account is opened when a container is created and settled when
 * it has ended, whatever its exit code; at both, the kills in what has ended are carried to the accounts of those that go on. What is
 * settled stays.
 *
 * <p>Of containers whose cgroups went before any of them was settled, all are said to have been killed in if one was. A scope below the
 * same cgroup that has no account here, of another handler or of somebody else, is reckoned with while it is there; once it is gone, a
 * kill in it can be laid to a container that ends by SIGKILL before the next account is opened or settled.
 *
 * <p>Concurrency: safe, with one ledger for a directory. Crash: accounts are files, there whole or not at all, and settling can be
 * done again. Source: Documentation/admin-guide/cgroup-v2.rst, memory.events; counted for the cgroups above from Linux 5.2 on, but not
 * where cgroup2 is mounted with memory_localevents.
 */
public final class OomLedger {
    private static final System.Logger LOG = System.getLogger(OomLedger.class.getName());
    private static final int MAX_ATTEMPTS = 10;
    private static final String SCOPE = ".scope";
    private static final String KILLED = "killed";
    private static final String SPARED = "spared";

    private sealed interface Account {}

    /** @param known the kills that were in others */
    private record Open(long known) implements Account {}

    private record Settled(boolean killed) implements Account {}

    /** Of a cgroup that is not a container's of ours. */
    private record Missing() implements Account {}

    /**
     * Consistent at one moment.
     *
     * @param ended kills in cgroups that are gone or settled
     * @param own kills in the cgroup of the container in question, while that is there
     * @param living the others' cgroups with an open account
     */
    private record Reading(long ended, OptionalLong own, List<String> living) {
        /** As if the container in question had ended, too. */
        long endedWithOwn() {
            return ended + own.orElse(0);
        }
    }

    private final CgroupHierarchy cgroups;
    private final Path directory;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param directory for the accounts, empty after a reboot; made when it is needed */
    public OomLedger(CgroupHierarchy cgroups, Path directory) {
        this.cgroups = cgroups;
        this.directory = directory;
    }

    /**
     * Opens the account of a container whose cgroup is there: just created, or found without an account by a daemon that begins. Of
     * scopes only, since any other cgroup stays until it is removed, and in version 2 only, where the pod's count has all. Idempotent:
     * an account that is there stays as it is.
     */
    public void open(String cgroup) throws IOException {
        Cgroup opened = cgroups.cgroup(cgroup);
        if (!isAccountable(opened)) {
            return;
        }
        locked(() -> {
            if (account(opened.name()) instanceof Missing) {
                Reading reading = reading(opened);
                // by the reading itself: a moment later the scope can be gone, and its kills would be known ones
                if (reading.own().isPresent()) {
                    Files.createDirectories(directory);
                    write(opened.name(), Long.toString(reading.ended()));
                }
                carry(reading.living(), reading.ended());
            }
            return true;
        });
    }

    /** As {@link #open}, for a container of an earlier daemon, which is to be watched also where its account cannot be written. */
    public void adopt(String cgroup) {
        try {
            open(cgroup);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "no account of " + cgroup + " can be opened in " + directory, e);
        }
    }

    /** As {@link #settle}, of a container that may be alive: nothing is settled, and a later kill will be told. */
    public boolean hasKilledIn(String cgroup) throws IOException {
        Cgroup asked = cgroups.cgroup(cgroup);
        return locked(() -> switch (account(asked.name())) {
            case Open(long known) -> isKilled(reading(asked), known);
            case Settled(boolean killed) -> killed;
            case Missing() -> asked.oomKills().orElse(0) > 0;
        });
    }

    /**
     * Whether the kernel has killed for want of memory in a container that has ended. Idempotent: says the same again, also when all
     * cgroups are gone. Where there is no account, the cgroup's own count is all there is; it is kept, and carried to the others.
     */
    public boolean settle(String cgroup) throws IOException {
        Cgroup ended = cgroups.cgroup(cgroup);
        return locked(() -> switch (account(ended.name())) {
            case Open(long known) -> {
                Reading reading = reading(ended);
                boolean killed = isKilled(reading, known);
                settle(ended, reading, killed);
                yield killed;
            }
            case Settled(boolean killed) -> {
                // what was killed in it since is not to be laid to others, once it is gone
                settle(ended, reading(ended), killed);
                yield killed;
            }
            case Missing() -> {
                boolean killed = ended.oomKills().orElse(0) > 0;
                if (isAccountable(ended)) {
                    settle(ended, reading(ended), killed);
                }
                yield killed;
            }
        });
    }

    /** Removes the account of a container that is deleted; it is settled and its cgroup gone. Idempotent. */
    public void forget(String cgroup) throws IOException {
        Files.deleteIfExists(file(cgroups.cgroup(cgroup).name()));
    }

    private static boolean isKilled(Reading reading, long known) {
        return reading.own().isPresent() ? reading.own().getAsLong() > 0 : reading.ended() > known;
    }

    private void settle(Cgroup ended, Reading reading, boolean killed) {
        try {
            carry(reading.living(), reading.endedWithOwn());
            Account account = account(ended.name());
            // of a scope that is gone and never had one there is nothing to keep
            if (account instanceof Open
                    || (account instanceof Missing && reading.own().isPresent())) {
                Files.createDirectories(directory);
                // last: after a crash it is all done again
                write(ended.name(), killed ? KILLED : SPARED);
            }
        } catch (IOException e) {
            // on a full disk; the end must be told all the same
            LOG.log(System.Logger.Level.WARNING, "that " + ended + " has ended cannot be written to " + directory, e);
        }
    }

    /** Right at any time: what is theirs the kernel's own count of them says, as long as they are there. */
    private void carry(List<String> living, long ended) throws IOException {
        for (String name : living) {
            if (account(name) instanceof Open(long known) && known != ended) {
                write(name, Long.toString(ended));
            }
        }
    }

    private boolean isAccountable(Cgroup cgroup) {
        return cgroups.isV2()
                && cgroup.name().endsWith(SCOPE)
                && cgroup.parent().isPresent();
    }

    private Reading reading(Cgroup subject) {
        Cgroup pod = subject.parent().orElseThrow();
        for (int attempt = 1; ; attempt++) {
            long all = pod.oomKills().orElse(0);
            OptionalLong own = subject.oomKills();
            List<String> living = new ArrayList<>();
            long standing = own.orElse(0);
            for (String name : pod.children()) {
                OptionalLong kills = pod.child(name).oomKills();
                Account account = account(name);
                if (!name.equals(subject.name()) && kills.isPresent() && !(account instanceof Settled)) {
                    standing += kills.getAsLong();
                    if (account instanceof Open) {
                        living.add(name);
                    }
                }
            }
            // then nothing was killed meanwhile
            if (pod.oomKills().orElse(0) == all || attempt == MAX_ATTEMPTS) {
                return new Reading(all - standing, own, living);
            }
        }
    }

    private Account account(String name) {
        String text;
        try {
            text = Files.readString(file(name));
        } catch (NoSuchFileException e) {
            return new Missing();
        } catch (IOException e) {
            return unreadable(name, e.toString());
        }
        return switch (text) {
            case KILLED -> new Settled(true);
            case SPARED -> new Settled(false);
            default -> open(name, text);
        };
    }

    private Account open(String name, String text) {
        try {
            return new Open(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return unreadable(name, "it is no account but '" + text + "'");
        }
    }

    /** Somebody else's doing, or a sick disk: no end may go untold for it. */
    private Account unreadable(String name, String why) {
        LOG.log(System.Logger.Level.WARNING, file(name) + " is passed over: " + why);
        return new Missing();
    }

    private void write(String name, String text) throws IOException {
        Path temporary = Files.writeString(directory.resolve(name + ".new"), text);
        Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private interface Work {
        boolean run() throws IOException;
    }

    private boolean locked(Work work) throws IOException {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
