package dev.transcode.hls;

import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Rendition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The multivariant playlist of a run, from what was measured. Pure. */
final class Multivariant {
    /** Players start with the first variant: the best that a usual connection carries at once. */
    private static final long FIRST_AT_MOST = 2_500_000;

    private final EncodePlan plan;
    private final HlsLayout layout;
    private final int targetDuration;
    private final Map<String, PackagedTrack> tracks = new HashMap<>();

    private Multivariant(EncodePlan plan, List<PackagedTrack> tracks, int targetDuration, HlsLayout layout) {
        this.plan = plan;
        this.layout = layout;
        this.targetDuration = targetDuration;
        for (PackagedTrack track : tracks) {
            this.tracks.put(track.id(), track);
        }
    }

    static MultivariantPlaylist of(EncodePlan plan, List<PackagedTrack> tracks, int targetDuration, HlsLayout layout) {
        return new Multivariant(plan, tracks, targetDuration, layout).playlist();
    }

    private MultivariantPlaylist playlist() {
        List<AlternativeMedia> media = new ArrayList<>();
        List<Variant> variants = new ArrayList<>();
        List<IFrameVariant> keyframes = new ArrayList<>();
        for (Rendition rendition : plan.renditions()) {
            variants.add(variant(rendition));
            keyframes.add(keyframes(track(plan.directoryOf(rendition))));
        }
        for (AudioRendition audio : plan.audio()) {
            if (plan.renditions().isEmpty()) {
                variants.add(soundAlone(track(plan.directoryOf(audio))));
            } else {
                media.add(alternative(audio));
            }
        }
        keyframes.sort(Comparator.comparingLong(IFrameVariant::bandwidth));
        return new MultivariantPlaylist(PlaylistWriter.VERSION, true, media, inOrder(variants), keyframes);
    }

    private PackagedTrack track(String id) {
        PackagedTrack track = tracks.get(id);
        if (track == null) {
            throw new IllegalArgumentException("track " + id + " was not packaged");
        }
        return track;
    }

    private Variant variant(Rendition rendition) {
        PackagedTrack video = track(plan.directoryOf(rendition));
        SegmentRates rates = video.rates();
        long peak = rates.peak(targetDuration);
        long average = rates.average();
        List<String> codecs = new ArrayList<>(List.of(video.codec()));
        Optional<AudioRendition> sound = plan.audioOf(rendition);
        if (sound.isPresent()) {
            PackagedTrack audio = track(plan.directoryOf(sound.get()));
            peak += audio.rates().peak(targetDuration);
            average += audio.rates().average();
            codecs.add(audio.codec());
        }
        return new Variant(
                playlistUri(video),
                peak,
                OptionalLong.of(average),
                codecs,
                video.resolution(),
                video.facts().frameRate(),
                sound.map(a -> layout.folder(plan.directoryOf(a))),
                Optional.empty(),
                Optional.of(Variant.NO_CAPTIONS));
    }

    private Variant soundAlone(PackagedTrack audio) {
        SegmentRates rates = audio.rates();
        return new Variant(
                playlistUri(audio),
                rates.peak(targetDuration),
                OptionalLong.of(rates.average()),
                List.of(audio.codec()),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A group of its own for each rendition of the sound, with the same name in each (RFC 8216, 4.3.4.1.1). */
    private AlternativeMedia alternative(AudioRendition audio) {
        PackagedTrack track = track(plan.directoryOf(audio));
        Optional<String> tag = LanguageTag.of(audio.language());
        return new AlternativeMedia(
                AlternativeMedia.Type.AUDIO,
                layout.folder(track.id()),
                tag.map(LanguageTag::nameOf).orElse("Audio"),
                tag,
                true,
                true,
                Optional.of(Integer.toString(track.facts().track().format().channels())),
                Optional.of(playlistUri(track)));
    }

    private IFrameVariant keyframes(PackagedTrack video) {
        SegmentRates rates = video.keyframeRates();
        return new IFrameVariant(
                layout.uriFromMaster(layout.key(video.id(), HlsLayout.IFRAME_PLAYLIST)),
                rates.peak(targetDuration),
                OptionalLong.of(rates.average()),
                List.of(video.codec()),
                video.resolution());
    }

    private String playlistUri(PackagedTrack track) {
        return layout.uriFromMaster(layout.key(track.id(), HlsLayout.MEDIA_PLAYLIST));
    }

    /** The best variant of at most 2.5 Mbit/s, or else the smallest; then the others, ascending. */
    static List<Variant> inOrder(List<Variant> variants) {
        List<Variant> ordered = new ArrayList<>(variants);
        ordered.sort(Comparator.comparingLong(Multivariant::average).thenComparingLong(Variant::bandwidth));
        int first = 0;
        for (int i = 0; i < ordered.size(); i++) {
            if (average(ordered.get(i)) <= FIRST_AT_MOST) {
                first = i;
            }
        }
        ordered.add(0, ordered.remove(first));
        return ordered;
    }

    private static long average(Variant variant) {
        return variant.averageBandwidth().orElse(variant.bandwidth());
    }
}
