package io.carafe.assembly;

import dagger.Module;
import dagger.Provides;
import io.carafe.assembly.daemon.Serving;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the daemon serves. */
@Module
interface ServerModule {
    @Provides
    @Singleton
    static Serving serving() {
        return new Serving() {
            @Override
            public void start() {}

            @Override
            public void stop(Duration grace) {}
        };
    }
}
