package io.carafe.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.sandbox.PodSandbox;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private final PodSandbox sandbox = Samples.readySandbox(RequestReader.parse(
            PodSandboxConfig.class,
            "metadata { name: 'p' } labels { key: 'a' value: '1' } labels { key: 'b' value: '2' }"));
    private final Container container = Samples.container(
            RequestReader.parse(
                    ContainerConfig.class,
                    "metadata { name: 'c' } image { image: 'i' } labels { key: 'a' value: '1' }"),
            new ContainerState.Running(Samples.CREATED, Samples.STARTED));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                   | true",
                "filter {}                                            | true",
                "filter { id: '5a5a' }                                | true",
                "filter { id: '6' }                                   | false",
                "filter { state { state: SANDBOX_READY } }            | true",
                "filter { state { state: SANDBOX_NOTREADY } }         | false",
                "filter { label_selector { key: 'a' value: '1' } }    | true",
                "filter { label_selector { key: 'a' value: '2' } }    | false",
                "filter { id: '5a' label_selector { key: 'c' } }      | false"
            })
    void sandboxFiltersAreCombinedWithAnd(String text, boolean expected) {
        assertThat(new PodSandboxFromProto(Samples.HOST)
                        .list(RequestReader.parse(ListPodSandboxRequest.class, text))
                        .test(sandbox))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                   | true",
                "filter { id: 'c0c0c' }                               | true",
                "filter { id: 'c1' }                                  | false",
                "filter { pod_sandbox_id: '5a5' }                     | true",
                "filter { pod_sandbox_id: '5b' }                      | false",
                "filter { state { state: CONTAINER_RUNNING } }        | true",
                "filter { state { state: CONTAINER_CREATED } }        | false",
                "filter { state {} }                                  | false",
                "filter { label_selector { key: 'a' value: '1' } }    | true",
                "filter { label_selector { key: 'b' value: '1' } }    | false"
            })
    void containerFiltersAreCombinedWithAnd(String text, boolean expected) {
        assertThat(new ContainerFromProto(Samples.HOST)
                        .list(RequestReader.parse(ListContainersRequest.class, text))
                        .test(container))
                .isEqualTo(expected);
    }
}
