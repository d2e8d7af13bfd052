package io.carafe.storage.records;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jackson what annotations would: every component but optionals must be there, and of sealed types a value is written with its
 * variant's simple name as {@value #PROPERTY}, whichever sealed type it is of, so that no class of the domain needs to be named here.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {
    /** No record component can have this name. */
    static final String PROPERTY = "@type";

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private static final JsonTypeInfo.Value BY_NAME = JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, PROPERTY, null, false, true, null);

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        return annotated instanceof AnnotatedClass type
                        && family(type.getRawType()).isPresent()
                ? BY_NAME
                : super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        Class<?> type = annotated.getRawType();
        return type.isSealed() ? variants(type).map(SealedTypes::named).toList() : super.findSubtypes(annotated);
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass annotated) {
        Class<?> type = annotated.getRawType();
        return family(type).isPresent() ? type.getSimpleName() : super.findTypeName(annotated);
    }

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember component) {
        return !OPTIONALS.contains(component.getRawType());
    }

    private static NamedType named(Class<?> variant) {
        return new NamedType(variant, variant.getSimpleName());
    }

    /** The types of which there can be values: a sealed type below a sealed type stands for its own variants. */
    private static Stream<Class<?>> variants(Class<?> sealed) {
        return Stream.of(sealed.getPermittedSubclasses())
                .flatMap(variant -> variant.isSealed() ? variants(variant) : Stream.of(variant));
    }

    /** The sealed type that {@code type} is, or is a variant of. */
    private static Optional<Class<?>> family(Class<?> type) {
        return type.isSealed()
                ? Optional.of(type)
                : Stream.of(type.getInterfaces()).filter(Class::isSealed).findFirst();
    }
}
