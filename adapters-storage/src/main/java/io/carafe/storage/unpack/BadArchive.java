package io.carafe.storage.unpack;

import java.io.IOException;

/** The archive is broken or hostile; the message says where and how. */
final class BadArchive extends IOException {
    BadArchive(String message) {
        super(message);
    }

    BadArchive(String message, Throwable cause) {
        super(message, cause);
    }
}
