package io.carafe.registry;

import io.carafe.domain.image.Descriptor;
import io.carafe.registry.hosts.RegistryHost;
import io.carafe.registry.http.HostFailure;
import io.carafe.registry.http.Request;
import io.carafe.registry.http.Responses;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GET /v2/NAME/blobs/DIGEST, whole or from an offset. Source: distribution-spec "Pulling blobs"; RFC 9110 section 14. */
final class BlobPuller {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    private final RegistryCaller caller;

    BlobPuller(RegistryCaller caller) {
        this.caller = caller;
    }

    /** The body from {@code offset} on; what it says of its length agrees with the descriptor. */
    InputStream pull(RegistryHost host, Pull pull, Descriptor blob, long offset)
            throws HostFailure, InterruptedException {
        // a proxy that compresses on the way would break digest and size
        Map<String, String> headers = offset == 0
                ? Map.of("Accept-Encoding", "identity")
                : Map.of("Accept-Encoding", "identity", "Range", "bytes=" + offset + "-");
        HttpResponse<InputStream> response =
                caller.call(host, pull, Request.Method.GET, "blobs/" + blob.digest(), headers);
        try {
            if (response.statusCode() == 206) {
                checkRange(response, blob, offset);
                return response.body();
            }
            checkLength(response, blob);
            response.body().skipNBytes(offset); // it does not know ranges
            return response.body();
        } catch (IOException e) {
            Responses.giveUp(response);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading a blob");
            }
            throw HostFailure.passing(HostFailure.Kind.UNREACHABLE, String.valueOf(e.getMessage()))
                    .causedBy(e);
        } catch (HostFailure failure) {
            Responses.giveUp(response);
            throw failure;
        }
    }

    private static void checkLength(HttpResponse<InputStream> response, Descriptor blob) throws HostFailure {
        OptionalLong length = response.headers().firstValueAsLong("Content-Length");
        if (length.isPresent() && length.getAsLong() != blob.size().value()) {
            throw wrongSize(Long.toString(length.getAsLong()), blob);
        }
    }

    private static void checkRange(HttpResponse<InputStream> response, Descriptor blob, long offset)
            throws HostFailure {
        String range = response.headers().firstValue("Content-Range").orElse("");
        Matcher matcher = CONTENT_RANGE.matcher(range);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != offset) {
            throw HostFailure.lasting(HostFailure.Kind.CORRUPT, "it answered another range than bytes " + offset + "-");
        }
        String total = matcher.group(2);
        if (!total.equals("*") && Long.parseLong(total) != blob.size().value()) {
            throw wrongSize(total, blob);
        }
    }

    private static HostFailure wrongSize(String found, Descriptor blob) {
        return HostFailure.lasting(
                HostFailure.Kind.CORRUPT,
                "the blob has " + found + " bytes where the manifest says "
                        + blob.size().value());
    }
}
