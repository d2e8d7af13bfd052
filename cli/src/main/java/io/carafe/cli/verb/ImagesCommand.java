package io.carafe.cli.verb;

import io.carafe.cli.text.Quantities;
import io.carafe.cli.text.TextTable;
import io.carafe.cri.v1.Image;
import io.carafe.cri.v1.ListImagesRequest;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code carafe images}: the images, a line per tag. */
public final class ImagesCommand implements Verb {
    private static final String NONE = "<none>";

    /** Repository and tag of a line; either may be {@link #NONE}. */
    private record Name(String repository, String tag) {
        static Name ofTag(String reference) {
            int colon = reference.lastIndexOf(':');
            return new Name(reference.substring(0, colon), reference.substring(colon + 1));
        }

        static Name ofDigest(String reference) {
            return new Name(reference.substring(0, reference.indexOf('@')), NONE);
        }
    }

    @Override
    public String name() {
        return "images";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().description("Lists images, a line per tag.");
        spec.addOption(Options.flag("Ids only.", "-q", "--quiet"))
                .addOption(Options.flag("With digests.", "--digests"))
                .addOption(Options.output());
    }

    @Override
    public int run(ParseResult parsed, Session session) {
        var response = session.client().images().listImages(ListImagesRequest.getDefaultInstance());
        if (Options.isSet(parsed, "-q")) {
            response.getImagesList().forEach(image -> session.console().out().println(image.getId()));
            return 0;
        }
        boolean digests = Options.isSet(parsed, "--digests");
        var table = digests
                ? new TextTable("IMAGE", "TAG", "DIGEST", "IMAGE ID", "SIZE")
                : new TextTable("IMAGE", "TAG", "IMAGE ID", "SIZE");
        for (var image : response.getImagesList()) {
            for (var name : names(image)) {
                var id = Quantities.shortId(image.getId());
                var size = Quantities.size(image.getSize());
                if (digests) {
                    table.row(name.repository(), name.tag(), digest(image, name.repository()), id, size);
                } else {
                    table.row(name.repository(), name.tag(), id, size);
                }
            }
        }
        session.show(parsed, table, response);
        return 0;
    }

    private static List<Name> names(Image image) {
        var tagged = image.getRepoTagsList().stream().map(Name::ofTag);
        var pinned = image.getRepoTagsList().isEmpty()
                ? image.getRepoDigestsList().stream().map(Name::ofDigest)
                : Stream.<Name>empty();
        var names = Stream.concat(tagged, pinned)
                .sorted(java.util.Comparator.comparing(Name::repository).thenComparing(Name::tag))
                .toList();
        return names.isEmpty() ? List.of(new Name(NONE, NONE)) : names;
    }

    private static String digest(Image image, String repository) {
        return image.getRepoDigestsList().stream()
                .filter(reference -> reference.startsWith(repository + "@"))
                .map(reference -> reference.substring(reference.indexOf('@') + 1))
                .findFirst()
                .orElse(NONE);
    }
}
