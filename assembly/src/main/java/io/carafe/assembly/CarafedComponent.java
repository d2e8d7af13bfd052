package io.carafe.assembly;

import dagger.BindsInstance;
import dagger.Component;
import io.carafe.assembly.daemon.Directories;
import io.carafe.assembly.daemon.Serving;
import io.carafe.assembly.log.LogOutput;
import io.carafe.assembly.reload.ConfigurationSource;
import io.carafe.assembly.reload.Reading;
import jakarta.inject.Singleton;

/** The whole daemon, wired: every object that lives as long as it, made once. Each area has a module, each module is a table. */
@Singleton
@Component(modules = {ServerModule.class})
interface CarafedComponent {
    Serving serving();

    @Component.Factory
    interface Factory {
        CarafedComponent create(
                @BindsInstance Reading started,
                @BindsInstance ConfigurationSource source,
                @BindsInstance LogOutput log,
                @BindsInstance Directories directories);
    }
}
