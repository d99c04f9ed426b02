package dev.transcode.verify;

import dev.transcode.internal.Count;
import dev.transcode.verify.SampleDecoder.Decoded;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what was decoded is a film: no damage, every frame there, not all black and not frozen where the source is not.
 * Pure.
 */
final class PictureChecks {
    static final String DECODE = "decode";
    static final String PICTURE = "picture";

    /** Less contrast than this, of 255, and the picture is suspected to be blank. */
    private static final int BLANK = 16;

    /** Less movement than this, of 255, and it is suspected to be frozen. */
    private static final double FROZEN = 3;

    /**
     * A suspect is guilty only if the source shows clearly more: a dark or quiet film, which compression makes flat, is
     * none.
     */
    private static final int MORE_CONTRAST = 24;

    private static final double MORE_MOVEMENT = 6;

    private PictureChecks() {}

    /**
     * The samples decode without a complaint.
     *
     * @param samples what was to be decoded, with the number of frames that has to come out; -1 = not known, or sound
     * @param decoded by the sample's name
     */
    static CheckResult decode(Map<String, Long> samples, Map<String, Decoded> decoded) {
        Tally tally = new Tally(DECODE, "track");
        samples.forEach((name, frames) -> {
            Decoded result = decoded.get(name);
            if (result != null) {
                check(name, frames, result, tally);
            }
        });
        return tally.result();
    }

    private static void check(String name, long frames, Decoded decoded, Tally tally) {
        List<String> complaints = decoded.complaints();
        tally.expect(
                complaints.isEmpty(),
                name,
                "its first and last segments decode",
                complaints.isEmpty() ? "" : complaints.get(0) + more(complaints.size() - 1));
        int found = decoded.pictures().frames().size();
        if (complaints.isEmpty() && frames >= 0 && found != frames) {
            tally.violate(name, Count.of(frames, "frame") + " decoded", found);
        }
    }

    private static String more(int count) {
        return count == 0 ? "" : " (and " + Count.of(count, "more line") + ")";
    }

    /** Whether the source has to be looked at before {@code pictures} can be judged. */
    static boolean isSuspect(Pictures pictures) {
        return isBlank(pictures) || isFrozen(pictures);
    }

    /**
     * No rendition is blank or frozen where the source is not.
     *
     * @param decoded by name, the renditions' pictures
     * @param source its pictures at the same times; empty if it is not at hand, or was not needed
     */
    static CheckResult picture(Map<String, Pictures> decoded, Optional<Pictures> source) {
        Tally tally = new Tally(PICTURE, "rendition");
        decoded.forEach((name, pictures) -> {
            if (!isSuspect(pictures) || source.isPresent()) {
                tally.looked();
                source.ifPresent(film -> compare(name, pictures, film, tally));
            } else {
                tally.skip(name + " is " + (isBlank(pictures) ? "blank" : "frozen")
                        + " where it was looked at; the source is not at hand to compare with");
            }
        });
        return tally.result();
    }

    private static void compare(String name, Pictures pictures, Pictures source, Tally tally) {
        if (isBlank(pictures) && source.contrast() > pictures.contrast() + MORE_CONTRAST) {
            tally.violate(
                    name,
                    "a picture, as in the source (contrast " + source.contrast() + " of 255)",
                    "a blank one (contrast " + pictures.contrast() + ")");
        } else if (isFrozen(pictures) && source.movement() > pictures.movement() + MORE_MOVEMENT) {
            tally.violate(
                    name,
                    String.format(Locale.ROOT, "movement, as in the source (%.1f of 255)", source.movement()),
                    String.format(Locale.ROOT, "a frozen picture (%.1f)", pictures.movement()));
        }
    }

    private static boolean isBlank(Pictures pictures) {
        return !pictures.frames().isEmpty() && pictures.contrast() <= BLANK;
    }

    private static boolean isFrozen(Pictures pictures) {
        return pictures.frames().size() > 1 && pictures.movement() <= FROZEN;
    }
}
