package io.carafe.domain.image;

import io.carafe.domain.fault.Fault;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A normalised image reference: {@code registry/repository[:tag][@digest]}. "busybox" means
 * "docker.io/library/busybox:latest". Source: the distribution reference grammar.
 *
 * @param registry host and optional port
 * @param tag empty where a digest stands alone
 */
public record ImageReference(String registry, String repository, Optional<String> tag, Optional<Digest> digest) {
    private static final String DOCKER_HUB = "docker.io";
    private static final int MAX_REPOSITORY_LENGTH = 255;
    private static final int MAX_LENGTH = 1024;
    private static final Pattern REFERENCE =
            Pattern.compile("(?<name>[^@]+?)(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]+))?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");
    private static final Pattern REGISTRY =
            Pattern.compile("(?:\\[[0-9a-fA-F:]+\\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::[0-9]+)?");

    /**
     * Parses and normalises.
     *
     * @throws Fault.InvalidArgument if {@code text} is not a reference
     */
    public static ImageReference parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid(text.substring(0, 64) + "...", "it is longer than " + MAX_LENGTH + " characters");
        }
        if (Digest.isDigest(text)) {
            throw invalid(text, "it is an image id, which no registry can be asked for");
        }
        Matcher matcher = REFERENCE.matcher(text);
        if (!matcher.matches()) {
            throw invalid(text, "it does not have the form [registry/]repository[:tag][@digest]");
        }
        String name = matcher.group("name");
        Optional<Digest> digest = Optional.ofNullable(matcher.group("digest")).map(Digest::new);
        Optional<String> tag = Optional.ofNullable(matcher.group("tag"));
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasRegistry = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        String registry = hasRegistry ? first : DOCKER_HUB;
        String repository = hasRegistry ? name.substring(slash + 1) : name;
        if (registry.equals("index.docker.io")) {
            registry = DOCKER_HUB;
        }
        if (registry.equals(DOCKER_HUB) && !repository.contains("/")) {
            repository = "library/" + repository;
        }
        if (!REGISTRY.matcher(registry).matches()) {
            throw invalid(text, "'" + registry + "' is not a registry host");
        }
        if (!REPOSITORY.matcher(repository).matches()) {
            throw invalid(text, "'" + repository + "' is not a repository name (lower case, digits, . _ - /)");
        }
        if (repository.length() > MAX_REPOSITORY_LENGTH) {
            throw invalid(text, "its repository name is longer than " + MAX_REPOSITORY_LENGTH + " characters");
        }
        if (tag.isEmpty() && digest.isEmpty()) {
            tag = Optional.of("latest");
        }
        return new ImageReference(registry, repository, tag, digest);
    }

    private static Fault invalid(String text, String why) {
        return new Fault.InvalidArgument("image reference '" + text + "' cannot be used: " + why);
    }

    /** "registry/repository". */
    public String name() {
        return registry + "/" + repository;
    }

    /** What a registry is asked for: the digest where there is one, else the tag. */
    public String manifestReference() {
        return digest.map(Digest::value).orElseGet(() -> tag.orElse("latest"));
    }

    /** "registry/repository@digest". */
    public String withDigest(Digest manifest) {
        return name() + "@" + manifest;
    }

    @Override
    public String toString() {
        return name()
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
