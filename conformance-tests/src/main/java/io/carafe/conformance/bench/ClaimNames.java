package io.carafe.conformance.bench;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.platform.commons.support.AnnotationSupport;

/** Names of areas and claims as the report shows them: the claim in words, then what it answers. */
public final class ClaimNames extends DisplayNameGenerator.Standard {
    @Override
    public String generateDisplayNameForClass(Class<?> area) {
        return words(area.getSimpleName().replaceFirst("Conformance$", ""));
    }

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> area, Method claim) {
        var answers = AnnotationSupport.findAnnotation(claim, Claim.class)
                .map(found -> " [" + String.join("; ", found.answers()) + "]")
                .orElse("");
        return words(claim.getName()) + answers;
    }

    private static String words(String camel) {
        var words = camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=[0-9])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .split(" ");
        for (int i = 1; i < words.length; i++) {
            if (!words[i].matches("[A-Z0-9]{2,}")) {
                words[i] = words[i].toLowerCase(Locale.ROOT);
            }
        }
        return String.join(" ", words);
    }
}
