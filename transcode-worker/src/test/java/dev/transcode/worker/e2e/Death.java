package dev.transcode.worker.e2e;

import dev.transcode.storage.s3.fixture.Gate;
import java.util.List;
import java.util.Locale;

/**
 * A moment in a job at which its worker is killed: when a certain request is on its way. The servers never see it, or
 * they carry it out although nobody is left to hear of it.
 *
 * <p>What must follow is said with it: how often the job is claimed in all, and whether what the dead worker published
 * stands.
 */
enum Death {
    /** Taken, in the inbox, not claimed. */
    BEFORE_CLAIM(false, false, 1, false),
    AFTER_CLAIM(true, false, 2, false),
    DURING_DOWNLOAD(false, false, 2, false),
    DURING_ENCODE(false, true, 2, false),
    /** One segment is there, the next never arrives. */
    DURING_UPLOAD(false, true, 2, false),
    /** Two segments are there. */
    AFTER_A_SEGMENT(true, true, 2, false),
    /** All segments are there, and an MP4 with its fixed name. */
    AFTER_AN_MP4(true, false, 2, false),
    BEFORE_MASTER(false, false, 2, false),
    AFTER_MASTER(true, false, 2, true),
    BEFORE_FINISH(false, false, 2, true),
    AFTER_FINISH(true, false, 1, true);

    final boolean requestArrives;

    /** Whether FFmpeg runs then. */
    final boolean whileEncoding;

    final int claims;
    final boolean outputStands;

    Death(boolean requestArrives, boolean whileEncoding, int claims, boolean outputStands) {
        this.requestArrives = requestArrives;
        this.whileEncoding = whileEncoding;
        this.claims = claims;
        this.outputStands = outputStands;
    }

    /** The job's id, also the name of the queue it stands in. */
    String job() {
        return "kill-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether this is the moment, for requests to S3. */
    boolean isAt(Gate.Request request) {
        String path = request.path();
        boolean put = request.method().equals("PUT") && path.contains("/" + job() + "/");
        return switch (this) {
            case DURING_DOWNLOAD -> request.method().equals("GET") && path.endsWith("/in/" + job() + ".mp4");
            case DURING_UPLOAD, AFTER_A_SEGMENT -> put && path.endsWith("/s00001.m4s");
            case AFTER_AN_MP4 -> put && path.endsWith("p.mp4");
            case BEFORE_MASTER, AFTER_MASTER -> put && path.endsWith("/master.m3u8");
            default -> false;
        };
    }

    /** Whether this is the moment, for commands to Redis. */
    boolean isAt(List<String> command) {
        return switch (this) {
            case BEFORE_CLAIM, AFTER_CLAIM -> RedisProxy.runs(command, "claim");
            case BEFORE_FINISH, AFTER_FINISH -> RedisProxy.runs(command, "finish");
            default -> false;
        };
    }
}
