package io.carafe.conformance.bench;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.extension.ExtendWith;

/** A class of claims about one area; its tests get a {@link Bench}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@DisplayNameGeneration(ClaimNames.class)
@ExtendWith(BenchExtension.class)
public @interface Conformance {
    /** The only runtime_name whose own rules these are; others skip the class. Empty: what every runtime must do. */
    String only() default "";
}
