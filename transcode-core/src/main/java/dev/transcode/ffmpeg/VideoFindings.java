package dev.transcode.ffmpeg;

import dev.transcode.media.FieldOrder;
import dev.transcode.media.Finding;
import dev.transcode.media.FindingCode;
import dev.transcode.media.Resolution;
import dev.transcode.media.VideoStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is odd about a picture, in sentences. Pure. */
final class VideoFindings {
    private final VideoStream video;
    private final List<Finding> findings = new ArrayList<>();

    private VideoFindings(VideoStream video) {
        this.video = video;
    }

    static List<Finding> of(VideoStream video) {
        VideoFindings all = new VideoFindings(video);
        all.shape();
        all.motion();
        all.color();
        return all.findings;
    }

    private void shape() {
        if (video.rotation() != 0) {
            add(
                    FindingCode.ROTATED,
                    "stored on its side or head: players turn it by " + video.rotation() + " degrees clockwise",
                    "turned upright in the pixels themselves");
        }
        Resolution shown = video.displaySize();
        if (video.isAnamorphic()) {
            add(
                    FindingCode.ANAMORPHIC,
                    "stored as " + video.coded() + " with pixels of " + video.sampleAspectWidth() + ":"
                            + video.sampleAspectHeight(),
                    "made square pixels, " + shown);
        }
        if (shown.width() % 2 != 0 || shown.height() % 2 != 0) {
            add(FindingCode.ODD_SIZE, "shown at " + shown + ", an odd size", "scaled to even sizes");
        }
    }

    private void motion() {
        if (video.fieldOrder().isInterlaced()) {
            String first = video.fieldOrder() == FieldOrder.TOP_FIRST ? "top" : "bottom";
            add(
                    FindingCode.INTERLACED,
                    "interlaced, " + first + " field first",
                    "deinterlaced, one frame out of two fields");
        }
        if (video.variableFrameRate()) {
            add(
                    FindingCode.VARIABLE_FRAME_RATE,
                    String.format(
                            Locale.ROOT,
                            "the frame rate varies, %.2f frames a second on average",
                            video.frameRate().value()),
                    "made constant");
        }
    }

    private void color() {
        if (video.color().isHdr()) {
            boolean pq = video.color().transfer().equals("smpte2084");
            add(FindingCode.HDR, "HDR (" + (pq ? "PQ" : "HLG") + ")", "tone-mapped to SDR, BT.709");
        }
        if (video.bitDepth() > 8) {
            add(FindingCode.HIGH_BIT_DEPTH, video.bitDepth() + " bits a component", "converted to 8 bits");
        }
        String chroma = PixelFormats.chroma(video.pixelFormat());
        if (!chroma.equals("4:2:0")) {
            add(
                    FindingCode.CHROMA_SUBSAMPLING,
                    "colour is stored as " + chroma + " (" + video.pixelFormat() + ")",
                    "converted to 4:2:0");
        }
        if (video.color().isFullRange() && !chroma.equals("RGB")) {
            add(FindingCode.FULL_RANGE, "full range (0-255)", "converted to limited range (16-235)");
        }
    }

    private void add(FindingCode code, String observed, String fix) {
        findings.add(new Finding(code, observed, fix));
    }
}
