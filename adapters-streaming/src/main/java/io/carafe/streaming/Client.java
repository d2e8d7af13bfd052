package io.carafe.streaming;

/** The session of one connection, as the connection tells it what happens. Called on the loop; never waits. */
interface Client {
    /** The connection is closed. What was received and not read yet may still be. */
    void gone();

    /** The session must end for a reason that is not the client's, which is told if it can be. */
    void end(String why);
}
