package dev.transcode.cli.doctor;

/** A part of the world to look at. */
interface Area {
    /** One word. */
    String name();

    /**
     * Looks, and reports each thing as soon as it is known. It may be interrupted when its time is over.
     *
     * @throws Exception becomes a line of its own
     */
    void examine(Report report) throws Exception;
}
