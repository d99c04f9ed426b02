package dev.transcode.ladder;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A ladder with a name, ready to use.
 *
 * @param name e.g. {@code roku-hls}
 * @param description for people, one line
 */
public record Profile(String name, String description, Ladder ladder) {
    /** What is used where a job names neither ladder nor profile. */
    public static final Profile ROKU_HLS = new Profile(
            "roku-hls",
            "television and everything else: four rungs up to 1080p, the default",
            ladder("1080p:8M:192k", "720p:4M:128k", "480p:2M:96k", "360p:800k:64k"));

    /** For pages: lower rates at the same sizes. */
    public static final Profile WEB = new Profile(
            "web",
            "browsers: the same sizes at about two thirds of the rates",
            ladder("1080p:5M:128k", "720p:2800k:128k", "480p:1400k:96k", "360p:800k:96k"));

    /** For phones on mobile networks. */
    public static final Profile MOBILE = new Profile(
            "mobile",
            "phones: up to 720p, down to 300 kbit/s",
            ladder("720p:2M:96k", "480p:1100k:96k", "360p:600k:64k", "240p:300k:64k"));

    private static final List<Profile> ALL = List.of(ROKU_HLS, WEB, MOBILE);

    /** All of them, the default first. */
    public static List<Profile> all() {
        return ALL;
    }

    /** The one called {@code name}, if there is one. */
    public static Optional<Profile> named(String name) {
        return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    private static Ladder ladder(String... rungs) {
        return new Ladder(Stream.of(rungs).map(LadderText::parseRung).toList());
    }
}
