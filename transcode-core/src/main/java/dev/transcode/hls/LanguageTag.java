package dev.transcode.hls;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Languages as playlists name them (RFC 5646): the shortest code there is. Pure. */
final class LanguageTag {
    private static final Map<String, String> SHORT = shortCodes();

    private LanguageTag() {}

    /**
     * @param code ISO 639-2, e.g. {@code eng}, {@code ger} or {@code deu}; or 639-1
     * @return empty if it names no language: undetermined, not linguistic, or no code at all
     */
    static Optional<String> of(String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        String tag = SHORT.getOrDefault(lower, lower);
        boolean none = lower.equals("und") || lower.equals("zxx") || lower.equals("mis") || lower.equals("mul");
        return none || !tag.matches("[a-z]{2,3}") ? Optional.empty() : Optional.of(tag);
    }

    /** The language's name in English; the tag itself where there is none. */
    static String nameOf(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
    }

    private static Map<String, String> shortCodes() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOLanguages()) {
            codes.put(Locale.forLanguageTag(code).getISO3Language(), code);
        }
        // The bibliographic codes of ISO 639-2/B, which Java does not know and containers use.
        String[] bibliographic = {
            "alb", "sq", "arm", "hy", "baq", "eu", "bur", "my", "chi", "zh", "cze", "cs", "dut", "nl", "fre", "fr",
            "geo", "ka", "ger", "de", "gre", "el", "ice", "is", "mac", "mk", "mao", "mi", "may", "ms", "per", "fa",
            "rum", "ro", "slo", "sk", "tib", "bo", "wel", "cy"
        };
        for (int i = 0; i < bibliographic.length; i += 2) {
            codes.put(bibliographic[i], bibliographic[i + 1]);
        }
        return codes;
    }
}
