package io.carafe.cni;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks that pods are attached to now: the first files by name of a directory.
 *
 * <p>The directory is read each time it is asked, not watched: this costs less than a thousandth of an attach, and nothing can be
 * missed: a directory that comes later or goes, a file replaced behind a symbolic link, two writes within one tick of the clock.
 *
 * <p>When a file that counts cannot be read, what was last read well stays in force, and this is logged once; so a file caught
 * half written, or broken by hand, does not take the network from a node that works. No file at all means no network.
 *
 * <p>Concurrency: safe.
 */
final class CniConfDirectory {
    private static final System.Logger LOG = System.getLogger(CniConfDirectory.class.getName());
    private static final String PATTERN = "*.{conflist,conf,json}";

    private final Path directory;
    private final int maxConf;
    private List<CniConfList> lastGood = List.of();
    private String lastProblem = "";

    CniConfDirectory(Path directory, int maxConf) {
        this.directory = directory;
        this.maxConf = maxConf;
    }

    /**
     * At least one network, in the order of the file names.
     *
     * @throws Fault.Unavailable if there is none, saying where it was looked for, or which file is wrong
     */
    synchronized List<CniConfList> networks() {
        List<CniConfList> now;
        try {
            now = read();
        } catch (Fault.InvalidArgument | Fault.Unavailable fault) {
            return lastGoodInsteadOf(fault);
        }
        if (!now.equals(lastGood)) {
            LOG.log(Level.INFO, now.isEmpty() ? "pods have no network now" : "pods are attached to " + now + " now");
        }
        lastGood = now;
        lastProblem = "";
        if (now.isEmpty()) {
            throw new Fault.Unavailable("no network configuration in " + directory
                    + " (*.conflist, *.conf, *.json): install a network plugin, or put one there");
        }
        return now;
    }

    private List<CniConfList> lastGoodInsteadOf(Fault problem) {
        String message = String.valueOf(problem.getMessage());
        if (lastGood.isEmpty()) {
            throw new Fault.Unavailable(message, problem);
        }
        if (!lastProblem.equals(message)) {
            LOG.log(Level.WARNING, message + "; pods are still attached to " + lastGood + ", until a restart");
        }
        lastProblem = message;
        return lastGood;
    }

    private List<CniConfList> read() {
        List<Path> files = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(directory, PATTERN)) {
            stream.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw new Fault.Unavailable("read network configurations in " + directory + ": " + e, e);
        }
        return files.stream()
                .sorted()
                .limit(maxConf)
                .map(CniConfDirectory::read)
                .toList();
    }

    private static CniConfList read(Path file) {
        try {
            return CniConfList.parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Fault.Unavailable("read network configuration " + file + ": " + e, e);
        }
    }
}
