package io.carafe.ports.tck.certify;

import io.carafe.ports.tck.certify.Claim.Verdict;
import java.util.List;

/** How many claims came out how. */
record Counts(long passed, long failed, long skipped) {
    static Counts of(List<Claim> claims) {
        return new Counts(
                count(claims, Verdict.Passed.class),
                count(claims, Verdict.Failed.class),
                count(claims, Verdict.Skipped.class));
    }

    static Counts of(List<Claim> claims, String group) {
        return of(claims.stream().filter(claim -> claim.group().equals(group)).toList());
    }

    private static long count(List<Claim> claims, Class<? extends Verdict> kind) {
        return claims.stream().filter(claim -> kind.isInstance(claim.verdict())).count();
    }

    @Override
    public String toString() {
        return passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }
}
