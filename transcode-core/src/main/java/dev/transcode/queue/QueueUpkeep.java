package dev.transcode.queue;

/** Recovers what dead workers held and moves on what is due. Run by every worker; any number may run at once. */
@FunctionalInterface
public interface QueueUpkeep {
    /**
     * One round: leases that are over, inboxes of dead workers, attempts that are due; now and then an audit. Holds fire
     * for one lease after this client lost its connection or while the server is younger than a lease: healthy workers
     * then get the chance to beat first.
     */
    Round round();

    /** What a round did, counts of jobs. */
    record Round(int requeued, int delayed, int failed, int cancelled, int swept, int promoted, int healed) {
        public static final Round NOTHING = new Round(0, 0, 0, 0, 0, 0, 0);
    }
}
