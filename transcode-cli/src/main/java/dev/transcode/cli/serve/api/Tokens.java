package dev.transcode.cli.serve.api;

import dev.transcode.internal.Count;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/** The tokens that callers may show; only their hashes are kept. Immutable. */
final class Tokens {
    private final List<byte[]> hashes;

    /** @param tokens none = nobody has to show one */
    Tokens(Collection<String> tokens) {
        hashes = tokens.stream().map(Hashes::sha256).toList();
    }

    boolean isEmpty() {
        return hashes.isEmpty();
    }

    int count() {
        return hashes.size();
    }

    /** Which of the tokens it is. Takes the same time whether and where it matches: hashes are compared, and all. */
    OptionalInt match(String token) {
        byte[] hash = Hashes.sha256(token);
        int found = -1;
        for (int i = 0; i < hashes.size(); i++) {
            if (MessageDigest.isEqual(hashes.get(i), hash)) {
                found = i;
            }
        }
        return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
    }

    /** A key that only who knows the token can make: so a token taken out of use ends what it opened. */
    byte[] keyFor(int token, String purpose) {
        return Hashes.hmac(hashes.get(token), purpose);
    }

    /** Only how many. */
    @Override
    public String toString() {
        return Count.of(count(), "token");
    }
}
