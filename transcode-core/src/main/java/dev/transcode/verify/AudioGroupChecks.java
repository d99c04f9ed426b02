package dev.transcode.verify;

import dev.transcode.hls.AlternativeMedia;
import dev.transcode.hls.MultivariantPlaylist;
import dev.transcode.hls.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether the groups of sound fit each other and the variants (RFC 8216, 4.3.4.1.1). Pure. */
final class AudioGroupChecks {
    private AudioGroupChecks() {}

    static CheckResult audioGroups(Presentation read) {
        Tally tally = new Tally("audio-groups", "group");
        read.master().ifPresent(master -> check(read, master, tally));
        if (read.master().isEmpty()) {
            tally.skip("a media playlist has no groups");
        }
        return tally.result();
    }

    private static void check(Presentation read, MultivariantPlaylist master, Tally tally) {
        Map<String, List<AlternativeMedia>> groups = new LinkedHashMap<>();
        for (AlternativeMedia media : master.media()) {
            if (media.type() == AlternativeMedia.Type.AUDIO) {
                groups.computeIfAbsent(media.groupId(), id -> new ArrayList<>()).add(media);
            }
        }
        Set<String> used = new HashSet<>();
        for (Variant variant : master.variants()) {
            variant.audio().ifPresent(group -> {
                used.add(group);
                if (!groups.containsKey(group)) {
                    tally.violate(variant.uri(), "an EXT-X-MEDIA of the group " + group, "none");
                }
            });
            if (variant.audio().isEmpty() && !groups.isEmpty() && isSilent(read, variant)) {
                tally.violate(variant.uri(), "a group of sound as other variants have", "none: it would be silent");
            }
        }
        Set<String> firstNames = new TreeSet<>();
        groups.forEach((group, members) -> {
            tally.looked();
            members(group, members, firstNames, tally);
            if (!used.contains(group)) {
                tally.violate(group, "a variant that uses the group", "none");
            }
        });
    }

    private static boolean isSilent(Presentation read, Variant variant) {
        return read.track(variant.uri())
                .filter(track -> track.video().isPresent() && track.audio().isEmpty())
                .isPresent();
    }

    private static void members(String group, List<AlternativeMedia> members, Set<String> firstNames, Tally tally) {
        Set<String> names = new TreeSet<>();
        int defaults = 0;
        for (AlternativeMedia media : members) {
            defaults += media.isDefault() ? 1 : 0;
            if (!names.add(media.name())) {
                tally.violate(group, "names that differ", "\"" + media.name() + "\" twice");
            }
        }
        if (defaults > 1) {
            tally.violate(group, "one DEFAULT=YES at most", defaults);
        }
        if (firstNames.isEmpty()) {
            firstNames.addAll(names);
        } else if (!firstNames.equals(names)) {
            tally.violate(group, "the names " + firstNames + " as in the first group", names);
        }
    }
}
