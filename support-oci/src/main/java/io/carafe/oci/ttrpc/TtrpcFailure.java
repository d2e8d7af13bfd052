package io.carafe.oci.ttrpc;

/** Why a call brought no answer; the message names service and method. */
public abstract sealed class TtrpcFailure extends Exception {
    private TtrpcFailure(String message) {
        super(message);
    }

    private TtrpcFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The server answered with an error. */
    public static final class Refused extends TtrpcFailure {
        private final int code;
        private final String words;

        public Refused(String call, int code, String words) {
            super(call + ": " + words);
            this.code = code;
            this.words = words;
        }

        /** A number of gRPC's, see {@link StatusCode}. */
        public int code() {
            return code;
        }

        /** The server's own words. */
        public String words() {
            return words;
        }
    }

    /** The connection ended before the answer came: whether the call was carried out, nobody knows. */
    public static final class Lost extends TtrpcFailure {
        public Lost(String message) {
            super(message);
        }

        public Lost(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** No answer within the deadline; it may still be carried out. */
    public static final class Late extends TtrpcFailure {
        public Late(String message) {
            super(message);
        }
    }
}
