package io.carafe.assembly.certify;

/** The kit cannot be run on what was given; the message is a sentence for the person who gave it. */
final class Refusal extends Exception {
    Refusal(String sentence) {
        super(sentence);
    }
}
