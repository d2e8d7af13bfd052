package io.carafe.registry.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What went wrong on the network, in words: the JDK's client often throws without any. */
final class NetworkFailure {
    private NetworkFailure() {}

    static HostFailure of(IOException failure, Optional<HttpProxy> proxy, Duration connect, Duration silence) {
        String through = proxy.map(p -> " (through proxy " + p + ")").orElse("");
        String text = switch (failure) {
            case HttpConnectTimeoutException _ -> "no connection within " + connect.toSeconds() + " s";
            case HttpTimeoutException _ -> "no answer within " + silence.toSeconds() + " s";
            default -> describe(failure);
        };
        // a certificate stays as it is, and a time limit has been waited for once: another try gains nothing
        boolean tls = hasCause(failure, SSLException.class) && !hasCause(failure, EOFException.class);
        boolean passing = !(failure instanceof HttpTimeoutException) && !tls;
        HostFailure.Kind kind = HostFailure.Kind.UNREACHABLE;
        return (passing ? HostFailure.passing(kind, text + through) : HostFailure.lasting(kind, text + through))
                .causedBy(failure);
    }

    static String describe(Throwable failure) {
        if (hasCause(failure, UnresolvedAddressException.class) || hasCause(failure, UnknownHostException.class)) {
            return "its name does not resolve";
        }
        Optional<Throwable> certificate = causes(failure)
                .filter(cause -> cause instanceof CertificateException || cause instanceof CertPathBuilderException)
                .reduce((_, deepest) -> deepest);
        if (certificate.isPresent()) {
            return "its certificate is not trusted: " + messageOf(certificate.get());
        }
        if (hasCause(failure, SSLException.class)) {
            return "TLS failed: " + messageOf(failure);
        }
        return switch (failure) {
            case ConnectException e when e.getMessage() == null -> "connection refused";
            case ConnectException e -> "no connection: " + e.getMessage();
            case ClosedChannelException _, EOFException _ -> "it closed the connection";
            default -> messageOf(failure);
        };
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(16);
    }

    private static String messageOf(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
