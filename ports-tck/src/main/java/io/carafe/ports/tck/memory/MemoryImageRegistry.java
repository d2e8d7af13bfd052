package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.image.Platform;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.image.ResolvedImage;
import io.carafe.ports.tck.image.RegistryFixture;
import io.carafe.ports.tck.image.TestBlob;
import io.carafe.ports.tck.image.TestImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** One registry in memory, with its other side. Images of the very platform that is asked for; no variants. */
public final class MemoryImageRegistry implements ImageRegistry, RegistryFixture {
    private record Pushed(Digest top, List<TestImage> images) {}

    private final String host;
    private final RegistryAuth credentials;
    private final Map<String, Pushed> manifests = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    /** @param credentials what it wants to see; ANONYMOUS where it gives everything to everybody */
    public MemoryImageRegistry(String host, RegistryAuth credentials) {
        this.host = host;
        this.credentials = credentials;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public RegistryAuth credentials() {
        return credentials;
    }

    @Override
    public void push(ImageReference reference, TestImage image) {
        store(reference, new Pushed(image.manifest().digest(), List.of(image)));
    }

    @Override
    public void pushIndex(ImageReference reference, List<TestImage> images) {
        store(reference, new Pushed(TestImage.index(images).digest(), List.copyOf(images)));
    }

    private void store(ImageReference reference, Pushed pushed) {
        for (TestImage image : pushed.images()) {
            image.blobs().forEach(blob -> blobs.put(key(reference, blob.digest()), blob.content()));
            manifests.put(
                    key(reference, image.manifest().digest()),
                    new Pushed(image.manifest().digest(), List.of(image)));
        }
        manifests.put(key(reference, pushed.top()), pushed);
        reference.tag().ifPresent(tag -> manifests.put(reference.name() + ":" + tag, pushed));
    }

    @Override
    public void corrupt(ImageReference reference, Digest blob) {
        blobs.computeIfPresent(key(reference, blob), (_, content) -> {
            byte[] changed = content.clone();
            changed[changed.length / 2] ^= 1;
            return changed;
        });
    }

    @Override
    public ResolvedImage resolve(ImageReference reference, RegistryAuth auth, Platform platform) {
        String action = "pull manifest " + reference;
        admit(action, reference, auth);
        String key = reference
                .digest()
                .map(digest -> key(reference, digest))
                .orElseGet(() -> reference.name() + ":" + reference.manifestReference());
        Pushed pushed = Optional.ofNullable(manifests.get(key)).orElseThrow(() -> notFound(action, "404"));
        if (pushed.images().size() == 1
                && pushed.top().equals(pushed.images().getFirst().manifest().digest())) {
            return new ResolvedImage(pushed.top(), pushed.images().getFirst().expected());
        }
        return pushed.images().stream()
                .filter(image -> sameMachine(image.platform(), platform))
                .findFirst()
                .map(image -> new ResolvedImage(pushed.top(), image.expected()))
                .orElseThrow(() -> notFound(
                        action,
                        "the image has no manifest for " + text(platform) + "; it has: "
                                + pushed.images().stream()
                                        .map(image -> text(image.platform()))
                                        .collect(Collectors.joining(", "))));
    }

    @Override
    public InputStream open(ImageReference reference, Descriptor blob, RegistryAuth auth) {
        String action = "pull blob " + reference.withDigest(blob.digest());
        admit(action, reference, auth);
        byte[] content = Optional.ofNullable(blobs.get(key(reference, blob.digest())))
                .orElseThrow(() -> notFound(action, "404"));
        if (content.length != blob.size().value() || !TestBlob.sha256(content).equals(blob.digest())) {
            throw new Fault.Corrupt(action + ": " + host + " has other content than its digest and size say");
        }
        return new ByteArrayInputStream(content);
    }

    private void admit(String action, ImageReference reference, RegistryAuth auth) {
        if (!reference.registry().equals(host)) {
            throw new Fault.Unavailable(
                    "RegistryUnavailable: " + action + ": " + reference.registry() + " is not " + host);
        }
        boolean meant = auth.server().map(host::equals).orElse(true);
        boolean right = meant
                && auth.username().equals(credentials.username())
                && auth.password().equals(credentials.password());
        if (!right && !credentials.equals(RegistryAuth.ANONYMOUS)) {
            throw new Fault.Denied(action + ": " + host + " said: 401");
        }
    }

    private Fault notFound(String action, String why) {
        return new Fault.NotFound(action + ": " + host + " said: " + why);
    }

    private static boolean sameMachine(Platform a, Platform b) {
        return a.os().equals(b.os()) && a.architecture().equals(b.architecture());
    }

    private static String text(Platform platform) {
        return platform.os() + "/" + platform.architecture();
    }

    private static String key(ImageReference reference, Digest digest) {
        return reference.withDigest(digest);
    }
}
