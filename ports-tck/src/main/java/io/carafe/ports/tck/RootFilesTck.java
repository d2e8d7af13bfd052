package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.image.RootFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link RootFiles} does. */
public abstract class RootFilesTck {
    @TempDir
    Path directory;

    private Path root;
    private RootFiles files;

    protected abstract RootFiles create();

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(directory.resolve("root"));
        Files.createDirectory(root.resolve("etc"));
        files = create();
    }

    @Test
    void textOfAFileIsRead() throws IOException {
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:\u00e4\n");

        assertThat(files.read(root, "/etc/passwd")).contains("root:x:0:0:\u00e4\n");
    }

    @Test
    void aMissingFileIsEmpty() throws IOException {
        Files.createSymbolicLink(root.resolve("etc/dangling"), Path.of("/nowhere"));

        assertThat(files.read(root, "/etc/passwd")).isEmpty();
        assertThat(files.read(root, "/no/such/directory")).isEmpty();
        assertThat(files.read(root, "/etc/dangling")).isEmpty();
    }

    @Test
    void linksAreFollowedInsideTheRootOnly() throws IOException {
        Files.writeString(directory.resolve("secret"), "outside");
        Files.writeString(root.resolve("secret"), "inside");
        Files.createSymbolicLink(root.resolve("etc/up"), Path.of("../../../../../../../secret"));
        Files.createSymbolicLink(root.resolve("etc/absolute"), Path.of("/secret"));
        Files.createSymbolicLink(root.resolve("dir"), Path.of("/etc/.."));

        assertThat(files.read(root, "/etc/up")).contains("inside");
        assertThat(files.read(root, "/etc/absolute")).contains("inside");
        assertThat(files.read(root, "/dir/secret")).contains("inside");
        assertThat(files.read(root, "/../secret")).contains("inside");
    }

    @Test
    void aFileAboveOneMebibyteIsRefused() throws IOException {
        Files.write(root.resolve("etc/passwd"), new byte[(1 << 20) + 1]);
        Files.write(root.resolve("etc/group"), new byte[1 << 20]);

        assertThatThrownBy(() -> files.read(root, "/etc/passwd"))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("/etc/passwd");
        assertThat(files.read(root, "/etc/group")).isPresent();
    }

    @Test
    void whatIsNoRegularFileIsRefused() {
        assertThatThrownBy(() -> files.read(root, "/etc"))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("/etc");
    }

    @Test
    void aCircleOfLinksIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("etc/a"), Path.of("b"));
        Files.createSymbolicLink(root.resolve("etc/b"), Path.of("a"));

        assertThatThrownBy(() -> files.read(root, "/etc/a")).isInstanceOf(Fault.InvalidArgument.class);
    }

    @Test
    void directoriesAreMadeWithTheirParentsIdempotently() {
        files.makeDirectories(root, "/work/dir/deep");
        files.makeDirectories(root, "/work/dir/deep");

        assertThat(root.resolve("work/dir/deep")).isEmptyDirectory();
        assertThatCode(() -> files.makeDirectories(root, "/")).doesNotThrowAnyException();
    }

    @Test
    void directoriesAreMadeWhereLinksLeadInside() throws IOException {
        Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(root.resolve("srv"), Path.of("../../../../../../../outside"));
        Files.createSymbolicLink(root.resolve("var"), Path.of("/etc"));

        files.makeDirectories(root, "/srv/a");
        files.makeDirectories(root, "/var/b");

        assertThat(directory.resolve("outside")).isEmptyDirectory();
        assertThat(root.resolve("outside/a")).isDirectory();
        assertThat(root.resolve("etc/b")).isDirectory();
    }

    @Test
    void aFileInTheWayIsRefused() throws IOException {
        Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> files.makeDirectories(root, "/file/dir")).isInstanceOf(Fault.InvalidArgument.class);
        assertThatThrownBy(() -> files.makeDirectories(root, "/file")).isInstanceOf(Fault.InvalidArgument.class);
    }
}
