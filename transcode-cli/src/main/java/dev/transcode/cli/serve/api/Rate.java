package dev.transcode.cli.serve.api;

/** How often one caller may make calls of a kind: so many a second, and so many at once after a pause. */
enum Rate {
    READ(500, 1_000),
    WRITE(100, 500),
    PROBE(2, 10),
    /** Logins and tokens that are wrong. */
    LOGIN(1, 20);

    private final double perSecond;
    private final double burst;

    Rate(double perSecond, double burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    double perSecond() {
        return perSecond;
    }

    double burst() {
        return burst;
    }
}
