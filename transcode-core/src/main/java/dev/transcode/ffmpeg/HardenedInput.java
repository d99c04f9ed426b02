package dev.transcode.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The options that both ffprobe and ffmpeg are given before {@code -i} for a file that nobody vouches for. They are all
 * known to both programs of FFmpeg 5.1 and 8.1; an unknown one would end the program.
 *
 * <p>What they stop: playlists and other formats that make FFmpeg open further files or hosts (hls, dash, concat, sdp,
 * imf, image sequences, text and vector formats), decoders that nobody needs and few ever tested, and headers that
 * claim sizes, streams or blocks to make it eat memory. {@code -protocol_whitelist file} alone stops no playlist that
 * names local files.
 */
final class HardenedInput {
    /** Pixels of a frame: 8192 x 4320. */
    static final long MAX_PIXELS = 35_389_440;

    static final int MAX_STREAMS = 64;

    private static final List<String> DEMUXERS = names("""
            mov mp4 m4a 3gp 3g2 mj2 matroska webm mpegts mpeg avi flv live_flv asf ogg mxf gxf gif dv wtv rm nut
            mp3 wav w64 aiff caf flac aac ac3 eac3 amr ape wv tta au""");

    private static final Set<String> VIDEO = Set.copyOf(names("""
            h264 hevc vvc mpeg1video mpeg2video mpegvideo mpeg4 msmpeg4 msmpeg4v1 msmpeg4v2 wmv1 wmv2 wmv3 vc1
            h261 h263 h263i h263p flv flashsv flashsv2 vp3 vp4 vp6 vp6a vp6f vp7 vp8 vp9 libvpx libvpx-vp9 av1
            libdav1d libaom-av1 theora dirac mjpeg mjpegb jpeg2000 libopenjpeg png gif bmp webp tiff prores
            dnxhd cfhd dvvideo ffv1 ffvhuff huffyuv utvideo magicyuv lagarith qtrle rpza smc svq1 svq3 cinepak
            indeo3 indeo4 indeo5 hap notchlc rv10 rv20 rv30 rv40 rawvideo r10k r210 v210 v308 v408 v410 yuv4
            msrle msvideo1 zlib zmbv camtasia snow"""));

    private static final Set<String> AUDIO = Set.copyOf(names("""
            aac aac_fixed aac_latm ac3 ac3_fixed eac3 dca truehd mlp mp1 mp1float mp2 mp2float mp3 mp3float
            mp3adu mp3adufloat mp3on4 mp3on4float flac alac opus libopus vorbis libvorbis amrnb amrwb
            libopencore_amrnb libopencore_amrwb wmav1 wmav2 wmapro wmalossless wmavoice speex libspeex
            nellymoser gsm gsm_ms qdm2 qdmc qcelp mace3 mace6 ape wavpack tta cook sipr ralf real_144 real_288
            atrac3 s302m dvaudio dolby_e g726 g726le ilbc"""));

    /** Never shown, but ffprobe opens a decoder for every stream and exits 1 if one is not allowed. */
    private static final Set<String> SUBTITLES = Set.copyOf(names("""
            ass ssa srt subrip webvtt mov_text text cc_dec dvbsub dvdsub pgssub xsub libzvbi_teletextdec"""));

    private HardenedInput() {}

    /** For the programs of {@code installation}. */
    static List<String> of(FfmpegInstallation installation) {
        return options(installation.decoders());
    }

    /**
     * @param decoders that the programs have; names they do not know are not passed on
     * @return the options, to be put before {@code -i}
     */
    static List<String> options(Set<String> decoders) {
        return List.of(
                "-protocol_whitelist", "file",
                "-format_whitelist", String.join(",", DEMUXERS),
                "-codec_whitelist", String.join(",", allowed(decoders)),
                "-max_pixels", Long.toString(MAX_PIXELS),
                "-max_streams", Integer.toString(MAX_STREAMS),
                "-max_probe_packets", "500",
                "-probesize", "20M",
                "-analyzeduration", "10M",
                "-max_alloc", "536870912");
    }

    private static List<String> allowed(Set<String> decoders) {
        List<String> allowed = new ArrayList<>();
        for (String decoder : decoders) {
            if (VIDEO.contains(decoder)
                    || AUDIO.contains(decoder)
                    || SUBTITLES.contains(decoder)
                    || decoder.startsWith("pcm_")
                    || decoder.startsWith("adpcm_")) {
                allowed.add(decoder);
            }
        }
        allowed.sort(String::compareTo);
        return allowed;
    }

    private static List<String> names(String words) {
        return List.of(words.strip().split("\\s+", -1));
    }
}
