package dev.transcode.cli.serve;

import dev.transcode.hls.FileKind;
import java.util.Locale;
import java.util.regex.Pattern;

/** How a file of a package is handed out, known from its path alone. Pure. */
public final class MediaTypes {
    /** Our own run directory: new for every attempt, never written twice. */
    private static final Pattern RUN_DIRECTORY = Pattern.compile("(^|.*/)r-[0-9a-f]{8}-[0-9]+/.*");

    /** A folder of sound alone, as ours are named. */
    private static final Pattern AUDIO_FOLDER = Pattern.compile("(^|.*/)a-[^/]+/[^/]+");

    private static final String OTHER = "application/octet-stream";

    private MediaTypes() {}

    /** MIME type; {@code application/octet-stream} for what no player reads, so that no browser runs it. */
    public static String contentType(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        boolean audio = AUDIO_FOLDER.matcher(path).matches();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "m3u8" -> FileKind.MULTIVARIANT_PLAYLIST.contentType();
            case "m4s" -> (audio ? FileKind.AUDIO_SEGMENT : FileKind.VIDEO_SEGMENT).contentType();
            case "mp4", "cmfv", "m4v" -> (audio ? FileKind.AUDIO_INIT : FileKind.VIDEO_INIT).contentType();
            case "m4a", "cmfa" -> FileKind.AUDIO_INIT.contentType();
            case "ts" -> "video/mp2t";
            case "aac" -> "audio/aac";
            case "mp3" -> "audio/mpeg";
            case "mpd" -> "application/dash+xml";
            case "vtt" -> "text/vtt";
            case "json" -> FileKind.REPORT.contentType();
            case "jpg", "jpeg" -> "image/jpeg";
            case "png" -> "image/png";
            default -> OTHER;
        };
    }

    /** Whether it is a playlist, picture, sound or subtitles, as players ask for. */
    static boolean isMedia(String path) {
        String type = contentType(path);
        return !type.startsWith("image/") && !type.equals(FileKind.REPORT.contentType()) && !type.equals(OTHER);
    }

    /** A year inside a run directory; all else may be replaced by the next run and is asked for again each time. */
    public static String cacheControl(String path) {
        return RUN_DIRECTORY.matcher(path).matches() ? FileKind.VIDEO_SEGMENT.cacheControl() : "no-cache";
    }
}
