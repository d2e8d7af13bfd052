package io.carafe.domain.image;

/** The digest of an image's configuration: the one id that every API shows, whatever registry it came from. */
public record ImageId(Digest digest) {
    @Override
    public String toString() {
        return digest.value();
    }
}
