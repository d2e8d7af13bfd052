package io.carafe.conformance.bench;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A test that states one thing a CRI runtime must do; its method's name is the statement. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
public @interface Claim {
    /**
     * What the claim answers: a behaviour of the official suite as listed in {@code behaviours.txt} ("Container basic: start"),
     * a proto field ("PodSandboxConfig.hostname") or a call ("RemoveImage").
     */
    String[] answers();

    /** The proto's own sentence, where it is short of obvious or where a runtime in wide use does not meet the claim. */
    String quote() default "";

    /**
     * The handler's feature that it is about, as Carafe names it; where the endpoint says that its handler lacks it, the claim is
     * skipped with the handler's reason. Not for what an endpoint refuses for want of the feature: that is seen.
     */
    String needs() default "";
}
