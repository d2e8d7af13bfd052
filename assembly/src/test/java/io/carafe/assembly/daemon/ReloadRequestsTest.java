package io.carafe.assembly.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReloadRequestsTest {
    private final ReloadRequests requests = new ReloadRequests();

    @Test
    void howeverManyComeBeforeAReloadTheyAreOne() throws Exception {
        requests.ask();
        requests.ask();

        assertThat(requests.await()).isTrue();
        requests.close();
        assertThat(requests.await()).isFalse();
    }

    @Test
    void thoseDuringAReloadMakeOneMore() throws Exception {
        requests.ask();
        requests.await();
        requests.ask();
        requests.ask();

        assertThat(requests.await()).isTrue();
        requests.close();
        assertThat(requests.await()).isFalse();
    }
}
