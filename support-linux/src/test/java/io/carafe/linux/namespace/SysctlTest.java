package io.carafe.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.sandbox.NamespaceType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlTest {
    @ParameterizedTest
    @CsvSource({
        "net.ipv4.ip_forward, NETWORK",
        "net/ipv4/conf/eth0.1/forwarding, NETWORK",
        "kernel.shm_rmid_forced, IPC",
        "kernel/sem, IPC",
        "fs.mqueue.msg_max, IPC",
        "kernel.domainname, UTS"
    })
    void namespaceIsToldByTheName(String name, NamespaceType type) {
        assertThat(new Sysctl(name).namespace()).hasValue(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel.panic", "vm.swappiness", "fs.file-max", "kernel.shm_other", "netx.a", ""})
    void sysctlOfTheHostHasNone(String name) {
        assertThat(new Sysctl(name).namespace()).isEmpty();
    }
}
