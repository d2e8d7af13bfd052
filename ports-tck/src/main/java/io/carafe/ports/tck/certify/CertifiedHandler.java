package io.carafe.ports.tck.certify;

import io.carafe.ports.tck.runtime.HandlerKit;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.launcher.LauncherSession;

/** Hands the handler under test from the program that opened the session to the kits. */
final class CertifiedHandler implements ParameterResolver {
    private static final Class<?> KEY = HandlerKit.class;

    static void set(LauncherSession session, HandlerKit kit) {
        var _ = session.getStore()
                .put(org.junit.platform.engine.support.store.Namespace.create(CertifiedHandler.class), KEY, kit);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(HandlerKit.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Objects.requireNonNull(
                context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(CertifiedHandler.class))
                        .get(KEY, HandlerKit.class));
    }
}
