package io.carafe.oci.ttrpc;

/** The numbers of gRPC's status codes that callers decide by. */
public final class StatusCode {
    public static final int UNKNOWN = 2;
    public static final int DEADLINE_EXCEEDED = 4;
    public static final int NOT_FOUND = 5;
    public static final int ALREADY_EXISTS = 6;
    public static final int FAILED_PRECONDITION = 9;
    public static final int UNIMPLEMENTED = 12;
    public static final int UNAVAILABLE = 14;

    private StatusCode() {}
}
