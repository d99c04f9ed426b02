package dev.transcode.hls;

/** What a published file is, and with it how a server has to hand it out. */
public enum FileKind {
    VIDEO_INIT("video/mp4", true),
    AUDIO_INIT("audio/mp4", true),
    VIDEO_SEGMENT("video/iso.segment", true),
    AUDIO_SEGMENT("audio/mp4", true),
    MEDIA_PLAYLIST("application/x-mpegURL", true),
    IFRAME_PLAYLIST("application/x-mpegURL", true),
    REPORT("application/json", true),
    /** A progressive file under a fixed name, replaced by the next run. */
    MP4("video/mp4", false),
    /** The one file that makes a run visible. */
    MULTIVARIANT_PLAYLIST("application/x-mpegURL", false);

    /** A year: a run directory is never written twice. */
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private static final String SHORT = "public, max-age=60";

    private final String contentType;
    private final boolean immutable;

    FileKind(String contentType, boolean immutable) {
        this.contentType = contentType;
        this.immutable = immutable;
    }

    /** MIME type of the Content-Type header. */
    public String contentType() {
        return contentType;
    }

    /** Value of the Cache-Control header: a year inside the run directory, a minute for what a new run replaces. */
    public String cacheControl() {
        return immutable ? IMMUTABLE : SHORT;
    }
}
