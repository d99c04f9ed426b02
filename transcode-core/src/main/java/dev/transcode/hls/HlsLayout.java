package dev.transcode.hls;

import dev.transcode.ladder.AudioRendition;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Rendition;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where each file of a run is published and how playlists refer to it. Known from the plan alone, so that a segment can
 * be uploaded while the next one is encoded. Immutable.
 *
 * <pre>
 * master.m3u8
 * r-1a2b3c4d-7/v-720p/init.mp4 s00000.m4s ... index.m3u8 iframe.m3u8
 * r-1a2b3c4d-7/a-128k/init.mp4 s00000.m4s ... index.m3u8
 * </pre>
 */
public final class HlsLayout {
    /** Key of the multivariant playlist. */
    public static final String MASTER = "master.m3u8";

    static final String INIT = "init.mp4";
    static final String MEDIA_PLAYLIST = "index.m3u8";
    static final String IFRAME_PLAYLIST = "iframe.m3u8";

    private static final Pattern RUN_DIRECTORY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final String runDirectory;
    private final Map<String, String> folders;
    private final Optional<String> base;

    private HlsLayout(String runDirectory, Map<String, String> folders, Optional<String> base) {
        this.runDirectory = runDirectory;
        this.folders = Map.copyOf(folders);
        this.base = base;
    }

    /**
     * @param runDirectory new for every attempt, e.g. {@code r-1a2b3c4d-7}
     * @param publicBase where the output prefix is seen from outside ({@link #publicBase}): every URI in every playlist
     *     then starts with it; empty = relative URIs
     * @throws IllegalArgumentException if the run directory is not one plain name, the base is no absolute http or https
     *     URI, or two renditions would share a folder
     */
    public static HlsLayout of(EncodePlan plan, String runDirectory, Optional<URI> publicBase) {
        if (!RUN_DIRECTORY.matcher(runDirectory).matches()) {
            throw new IllegalArgumentException("run directory is not a plain name: '" + runDirectory + "'");
        }
        Map<String, String> folders = new HashMap<>();
        Map<String, String> taken = new HashMap<>();
        for (Rendition rendition : plan.renditions()) {
            addFolder(folders, taken, plan.directoryOf(rendition), "v-" + rendition.name());
        }
        for (AudioRendition audio : plan.audio()) {
            addFolder(folders, taken, plan.directoryOf(audio), "a-" + audio.name());
        }
        return new HlsLayout(runDirectory, folders, publicBase.map(HlsLayout::checkBase));
    }

    /**
     * The public address of an output prefix.
     *
     * @param site the address the bucket's root is seen at, e.g. {@code https://example.com/stream}
     * @param prefix the output prefix as a key, not encoded; may be empty
     */
    public static URI publicBase(URI site, String prefix) {
        String root = checkBase(site);
        return URI.create(prefix.isEmpty() ? root : root + "/" + PercentEncoding.ofPath(prefix));
    }

    /**
     * What becomes of a file the encoder made.
     *
     * @param track the encoder's folder, e.g. {@code v0}
     * @param file {@code init.mp4} or a segment in it, e.g. {@code s00003.m4s}
     * @throws IllegalArgumentException if the plan knows no such folder
     */
    public PackagedFile place(String track, Path file) {
        String name = file.getFileName().toString();
        boolean video = track.startsWith("v");
        FileKind kind;
        if (name.equals(INIT)) {
            kind = video ? FileKind.VIDEO_INIT : FileKind.AUDIO_INIT;
        } else {
            kind = video ? FileKind.VIDEO_SEGMENT : FileKind.AUDIO_SEGMENT;
        }
        return new PackagedFile(file, key(track, name), kind);
    }

    /** Key of {@code fileName} in the published folder of a track. */
    public String key(String track, String fileName) {
        return runDirectory + "/" + folder(track) + "/" + fileName;
    }

    /** Name of a track's published folder, e.g. {@code v-720p} for {@code v0}. */
    public String folder(String track) {
        String folder = folders.get(track);
        if (folder == null) {
            throw new IllegalArgumentException("the plan has no track '" + track + "'");
        }
        return folder;
    }

    /** The run directory's name, e.g. {@code r-1a2b3c4d-7}. */
    public String runDirectory() {
        return runDirectory;
    }

    /** Where the output prefix is seen from outside, without a slash at its end; empty = playlists are relative. */
    public Optional<String> publicBase() {
        return base;
    }

    /** How the multivariant playlist refers to {@code key}. */
    String uriFromMaster(String key) {
        return base.map(b -> b + "/").orElse("") + PercentEncoding.ofPath(key);
    }

    /** How a track's own playlist refers to a file beside it. */
    String uriFromTrack(String track, String fileName) {
        return base.map(b -> b + "/" + PercentEncoding.ofPath(key(track, fileName)))
                .orElse(PercentEncoding.ofPath(fileName));
    }

    private static void addFolder(Map<String, String> folders, Map<String, String> taken, String track, String folder) {
        // Some file systems know no case: two names that differ in it alone would be one folder there.
        String other = taken.put(folder.toLowerCase(Locale.ROOT), track);
        if (other != null || folder.indexOf('/') >= 0) {
            throw new IllegalArgumentException("cannot name a folder of its own '" + folder + "' for track " + track);
        }
        folders.put(track, folder);
    }

    private static String checkBase(URI base) {
        String scheme = base.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!web || base.getRawAuthority() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("public base is not an http or https address without query: " + base);
        }
        String text = base.toASCIIString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
