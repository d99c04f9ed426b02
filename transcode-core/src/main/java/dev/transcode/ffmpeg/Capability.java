package dev.transcode.ffmpeg;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A list that FFmpeg prints of what it was built with; columns differ between its versions, the names' place not. */
enum Capability {
    ENCODERS("-encoders"),
    DECODERS("-decoders"),
    FILTERS("-filters"),
    HWACCELS("-hwaccels"),
    DEMUXERS("-demuxers");

    private final String option;

    Capability(String option) {
        this.option = option;
    }

    /** What to call ffmpeg with. */
    String option() {
        return option;
    }

    /** The names in its output. */
    Set<String> parse(List<String> lines) {
        Set<String> names = new TreeSet<>();
        for (String line : lines) {
            String[] words = line.strip().split("\\s+");
            String name = switch (this) {
                // " V....D libx264   H.264 ..."; the legend reads " V..... = Video".
                case ENCODERS, DECODERS -> words.length > 1 && words[0].length() == 6 ? words[1] : "";
                // " TSC scale   V->V  ...", two or three flags; the legend has no arrow behind one word.
                case FILTERS -> words.length > 2 && words[2].contains("->") ? words[1] : "";
                case HWACCELS -> words.length == 1 ? words[0] : "";
                // " D  mov,mp4   QuickTime"; " D d alsa" for devices.
                case DEMUXERS -> demuxer(words);
            };
            if (!name.isEmpty() && !name.equals("=")) {
                names.add(name);
            }
        }
        return names;
    }

    private static String demuxer(String[] words) {
        if (words.length < 2 || !words[0].equals("D")) {
            return "";
        }
        return words[1].equals("d") && words.length > 2 ? words[2] : words[1];
    }
}
