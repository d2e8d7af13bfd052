package io.carafe.ports.image;

import io.carafe.domain.image.ImageConfig;

/** Reads the JSON of an image configuration. */
public interface ImageConfigs {
    /**
     * @throws io.carafe.domain.fault.Fault.Corrupt if it is not an image configuration for Linux
     */
    ImageConfig parse(byte[] json);
}
