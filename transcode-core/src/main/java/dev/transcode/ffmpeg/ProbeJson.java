package dev.transcode.ffmpeg;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.transcode.media.Color;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.FrameRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of {@code ffprobe -show_format -show_streams}, of FFmpeg 5.1 to 8.1. */
final class ProbeJson {
    private static final Duration ABSURD = Duration.ofDays(10_000);

    private ProbeJson() {}

    /** @return empty if {@code json} names no container: ffprobe prints {@code {}} for what it cannot open */
    static Optional<ProbeReport> parse(String json) {
        JsonObject root;
        try {
            JsonElement element = JsonParser.parseString(json);
            if (!element.isJsonObject()) {
                return Optional.empty();
            }
            root = element.getAsJsonObject();
        } catch (JsonParseException e) {
            // Cut short by a crash of ffprobe: as good as nothing; its stderr tells why.
            return Optional.empty();
        }
        JsonObject format = object(root, "format");
        if (format == null) {
            return Optional.empty();
        }
        List<StreamHeader> streams = new ArrayList<>();
        if (root.get("streams") instanceof JsonArray array) {
            for (JsonElement stream : array) {
                streams.add(stream(stream.getAsJsonObject()));
            }
        }
        return Optional.of(new ProbeReport(text(format, "format_name"), duration(format), streams));
    }

    private static StreamHeader stream(JsonObject json) {
        StreamHeader.Kind kind = kind(text(json, "codec_type"));
        String codec = text(json, "codec_name");
        return new StreamHeader(
                number(json, "index"),
                kind,
                codec.isEmpty() || codec.equals("none") ? StreamHeader.UNKNOWN_CODEC : codec,
                tag(json),
                language(json),
                timeBase(json),
                duration(json),
                number(json, "nb_frames"),
                isStill(json),
                kind == StreamHeader.Kind.VIDEO ? video(json, codec) : null,
                kind == StreamHeader.Kind.AUDIO ? audio(json) : null);
    }

    private static StreamHeader.Kind kind(String type) {
        return switch (type) {
            case "video" -> StreamHeader.Kind.VIDEO;
            case "audio" -> StreamHeader.Kind.AUDIO;
            case "subtitle" -> StreamHeader.Kind.SUBTITLE;
            default -> StreamHeader.Kind.DATA;
        };
    }

    private static VideoHeader video(JsonObject json, String codec) {
        String pixelFormat = text(json, "pix_fmt");
        long[] aspect = ratio(text(json, "sample_aspect_ratio"), ':');
        boolean square = aspect[0] < 1 || aspect[1] < 1 || aspect[0] > 65_535 || aspect[1] > 65_535;
        return new VideoHeader(
                number(json, "width"),
                number(json, "height"),
                square ? 1 : (int) aspect[0],
                square ? 1 : (int) aspect[1],
                rotation(json),
                text(json, "profile"),
                pixelFormat,
                color(json, pixelFormat),
                fieldOrder(text(json, "field_order"), codec),
                rate(text(json, "avg_frame_rate")),
                rate(text(json, "r_frame_rate")));
    }

    private static AudioHeader audio(JsonObject json) {
        String layout = text(json, "channel_layout");
        return new AudioHeader(
                number(json, "channels"),
                layout.equals("unknown") ? "" : layout,
                number(json, "sample_rate"),
                !text(json, "sample_fmt").isEmpty());
    }

    private static Color color(JsonObject json, String pixelFormat) {
        String range = word(json, "color_range");
        // The deprecated yuvj formats say "full range" by their name alone.
        return new Color(
                pixelFormat.startsWith("yuvj") ? "pc" : range,
                word(json, "color_space"),
                word(json, "color_primaries"),
                word(json, "color_transfer"));
    }

    /**
     * The order in which the fields are shown: the second letter of FFmpeg's word (AVFieldOrder). DV is bottom field
     * first by its standard (IEC 61834), and its decoder says so in each frame; QuickTime's {@code bt} for it, read to
     * the letter, claims the contrary.
     */
    private static FieldOrder fieldOrder(String word, String codec) {
        boolean interlaced = word.length() == 2;
        if (interlaced && codec.equals("dvvideo")) {
            return FieldOrder.BOTTOM_FIRST;
        }
        return switch (word) {
            case "progressive" -> FieldOrder.PROGRESSIVE;
            case "tt", "bt" -> FieldOrder.TOP_FIRST;
            case "bb", "tb" -> FieldOrder.BOTTOM_FIRST;
            default -> FieldOrder.UNKNOWN;
        };
    }

    /**
     * The display matrix's turn, which ffprobe gives counter-clockwise, as degrees clockwise to the nearest quarter. A
     * {@code rotate} tag without a matrix is left alone: FFmpeg 5.1 and newer do not turn by it.
     */
    private static int rotation(JsonObject json) {
        if (json.get("side_data_list") instanceof JsonArray list) {
            for (JsonElement element : list) {
                JsonObject data = element.getAsJsonObject();
                if (data.has("rotation")) {
                    return Math.floorMod(Math.round(-data.get("rotation").getAsFloat() / 90) * 90, 360);
                }
            }
        }
        return 0;
    }

    private static boolean isStill(JsonObject json) {
        JsonObject disposition = object(json, "disposition");
        return disposition != null
                && (number(disposition, "attached_pic") == 1
                        || number(disposition, "still_image") == 1
                        || number(disposition, "timed_thumbnails") == 1);
    }

    private static String language(JsonObject json) {
        JsonObject tags = object(json, "tags");
        String language = tags == null ? "" : text(tags, "language").toLowerCase(Locale.ROOT);
        return language.equals("und") || !language.matches("[a-z]{2,3}") ? "" : language;
    }

    /** Printable four letters only: ffprobe prints {@code [0][0][0][0]} for none. */
    private static String tag(JsonObject json) {
        String tag = text(json, "codec_tag_string");
        return tag.matches("[A-Za-z0-9 ._-]{1,8}") ? tag.strip() : "";
    }

    private static TimeBase timeBase(JsonObject json) {
        long[] fraction = ratio(text(json, "time_base"), '/');
        return fraction[0] < 1 || fraction[1] < 1 ? new TimeBase(1, 1_000_000) : new TimeBase(fraction[0], fraction[1]);
    }

    private static @Nullable FrameRate rate(String text) {
        long[] fraction = ratio(text, '/');
        return fraction[0] < 1 || fraction[1] < 1 ? null : new FrameRate(fraction[0], fraction[1]);
    }

    private static @Nullable Duration duration(JsonObject json) {
        try {
            double seconds = Double.parseDouble(text(json, "duration"));
            boolean sane = seconds > 0 && seconds < ABSURD.toSeconds();
            return sane ? Duration.ofNanos(Math.round(seconds * 1e9)) : null;
        } catch (NumberFormatException e) {
            return null; // absent or "N/A"
        }
    }

    /** Both numbers of a ratio, {0, 0} if it is none. */
    private static long[] ratio(String text, char separator) {
        int at = text.indexOf(separator);
        try {
            return at < 0
                    ? new long[] {0, 0}
                    : new long[] {Long.parseLong(text.substring(0, at)), Long.parseLong(text.substring(at + 1))};
        } catch (NumberFormatException e) {
            return new long[] {0, 0};
        }
    }

    private static String word(JsonObject json, String key) {
        String text = text(json, key);
        return text.isEmpty() || text.equals("reserved") || text.equals("unspecified") ? Color.UNKNOWN : text;
    }

    private static @Nullable JsonObject object(JsonObject json, String key) {
        return json.get(key) instanceof JsonObject object ? object : null;
    }

    /** The value as text; empty if absent. */
    private static String text(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    /** The value as a number, quoted or not; 0 if absent or none. */
    private static int number(JsonObject json, String key) {
        try {
            return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text(json, key)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
