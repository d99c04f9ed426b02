package dev.transcode.ffmpeg;

import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a file that ffprobe cannot open, by ffprobe's own last words. Pure. */
final class ProbeFailure {
    private static final Pattern DEMUXER = Pattern.compile("\\[([^\\]@]+) @ 0x[0-9a-f]+\\] Format not on whitelist");
    private static final Pattern CODEC = Pattern.compile("Codec \\(([^)]+)\\) not on whitelist");
    private static final Pattern ADDRESS = Pattern.compile(" @ 0x[0-9a-f]+");
    private static final Pattern WHITELIST = Pattern.compile("not on whitelist '[^']*'?");
    private static final Pattern PATH = Pattern.compile("^file:.*: ([^:]+)$");
    private static final int LONGEST = 300;

    private ProbeFailure() {}

    /**
     * Classifies a failed run.
     *
     * @param head the file's first bytes: FFmpeg guesses the format by the name as well and then misleads
     */
    static Failure of(ToolExit exit, FileHead head) {
        String log = String.join("\n", exit.lastLines());
        Matcher demuxer = DEMUXER.matcher(log);
        if (demuxer.find()) {
            String format = demuxer.group(1);
            String what = format.endsWith("_pipe")
                    ? "it is a still picture or a bare stream, " + format
                    : "its format, " + format + ", is not accepted";
            return failure(FailureCode.UNSUPPORTED_FORMAT, what, exit);
        }
        Matcher codec = CODEC.matcher(log);
        if (codec.find()) {
            return failure(FailureCode.UNSUPPORTED_FORMAT, "its codec, " + codec.group(1) + ", is not accepted", exit);
        }
        if (log.contains("error while loading shared libraries")) {
            return new Failure(
                    FailureCode.FFMPEG_MISSING,
                    "cannot start ffprobe: " + lastWords(exit),
                    FailureCode.FFMPEG_MISSING.hint());
        }
        if (exit.signal().orElse(0) == ToolExit.KILL) {
            return Failure.of(FailureCode.FFMPEG_KILLED, "cannot probe the file: ffprobe " + exit.describe());
        }
        if (log.contains("max_streams")) {
            return failure(
                    FailureCode.LIMIT_STREAMS, "it has more than " + HardenedInput.MAX_STREAMS + " streams", exit);
        }
        if (log.contains("Permission denied") || log.contains("No such file or directory")) {
            return failure(FailureCode.INPUT_NOT_FOUND, "it cannot be opened", exit);
        }
        return failure(FailureCode.BAD_INPUT, badInput(log, head), exit);
    }

    private static String badInput(String log, FileHead head) {
        if (log.contains("moov atom not found") && head.isMov()) {
            return "the MP4's index (moov) is missing, so the recording or upload was cut off";
        }
        if (head.isMatroska() || head.isMov()) {
            return "its beginning is damaged";
        }
        return "it is not a media file, or its beginning is damaged";
    }

    private static Failure failure(FailureCode code, String reason, ToolExit exit) {
        String words = lastWords(exit);
        return Failure.of(
                code,
                "cannot read the file: " + reason + " (ffprobe " + exit.describe()
                        + (words.isEmpty() ? ")" : ": " + words + ")"));
    }

    /** The last two lines, cleaned. */
    private static String lastWords(ToolExit exit) {
        StringBuilder words = new StringBuilder();
        List<String> lines = exit.lastLines();
        for (String line : lines.subList(Math.max(0, lines.size() - 2), lines.size())) {
            words.append(words.length() == 0 ? "" : "; ").append(clean(line));
        }
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words.toString();
    }

    /** A line of FFmpeg's log without memory addresses and the file's path. */
    static String clean(String line) {
        Matcher path = PATH.matcher(line);
        String said = path.matches() ? path.group(1) : ADDRESS.matcher(line).replaceAll("");
        return WHITELIST.matcher(said).replaceAll("not on whitelist").strip();
    }
}
