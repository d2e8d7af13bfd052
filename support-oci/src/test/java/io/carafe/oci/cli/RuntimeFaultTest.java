package io.carafe.oci.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeFaultTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "unable to start container process: exec: \"/nope\": stat /nope: no such file or directory",
                "unable to start container process: exec: \"nope\": executable file not found in $PATH",
                "unable to start container process: exec: \"/etc\": permission denied",
                "executable file `/nope` not found: No such file or directory",
                "open executable: Operation not permitted",
                "starting sub-container [/no]: creating process: failed to load /no: no such file or directory",
                "executing processes for container: error finding executable \"no\" in PATH [/bin]: no such file or directory",
                "unable to start container process: chdir to cwd (\"/x\") set in config.json failed: permission denied"
            })
    void commandThatCannotRunIsTheCallersFault(String words) {
        assertThat(RuntimeFault.ofWords("create x", words))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("create x")
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error setting cgroup config for procHooks process: unable to set memory limit to 1 (current usage: 2580480,"
                        + " peak usage: 2768896)",
                "container init was OOM-killed (memory limit too low?)",
                "failed to write \"5\": write /sys/fs/cgroup/cpu/pod/x/cpu.cfs_quota_us: invalid argument",
                "failed to write \"99\": write /sys/fs/cgroup/cpuset/pod/x/cpuset.cpus: numerical result out of range",
                "writing file `/sys/fs/cgroup/pod/x/cpu.max`: Invalid argument"
            })
    void limitThatTheKernelNeverTakesIsTheCallersFault(String words) {
        assertThat(RuntimeFault.ofWords("create x", words))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(words);
    }

    @Test
    void missingMountSourceMayAppearLater() {
        assertThat(RuntimeFault.ofWords(
                        "create x",
                        "error mounting \"/gone\" to rootfs at \"/mnt\": stat /gone: no such file or directory"))
                .isInstanceOf(Fault.Unavailable.class);
    }

    @Test
    void fullDiskIsExhausted() {
        assertThat(RuntimeFault.ofWords("create x", "write state: no space left on device"))
                .isInstanceOf(Fault.Exhausted.class);
        assertThatThrownBy(() -> RuntimeFault.doing("create x", () -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(Fault.Exhausted.class);
    }

    @Test
    void containerThatHasEndedMeanwhileIsInTheWrongState() {
        assertThat(RuntimeFault.ofWords("exec in x", "cannot exec in a stopped container"))
                .isInstanceOf(Fault.WrongState.class);
        assertThat(RuntimeFault.ofWords("exec in x", "cannot execute in container \"x\" in state stopped"))
                .isInstanceOf(Fault.WrongState.class);
    }

    @Test
    void silentRuntimeIsSaidToBe() {
        assertThat(RuntimeFault.ofWords("create x", "")).hasMessageContaining("no reason");
    }

    @Test
    void programThatIsMissingIsSaidToBe() {
        assertThatThrownBy(() -> RuntimeFault.doing("create x", () -> {
                    throw new CommandFailure.NotStarted("run /no/runc", new IOException("error=2"));
                }))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("install");
    }
}
