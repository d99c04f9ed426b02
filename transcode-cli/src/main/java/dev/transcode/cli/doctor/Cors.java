package dev.transcode.cli.doctor;

import java.util.Optional;

/** Whether a page on another site may read an answer (Fetch Standard, 3.3). Pure. */
final class Cors {
    private Cors() {}

    /**
     * Why not; empty if it may.
     *
     * @param allowed the answer's Access-Control-Allow-Origin
     */
    static Optional<String> refusal(Optional<String> allowed) {
        if (allowed.isEmpty()) {
            return Optional.of("the answer has no Access-Control-Allow-Origin");
        }
        String value = allowed.get().strip();
        return value.equals("*") || value.equals(Web.ORIGIN)
                ? Optional.empty()
                : Optional.of("Access-Control-Allow-Origin is " + value + ": only pages from there may");
    }
}
