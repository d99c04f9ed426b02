package dev.transcode.cli.doctor;

import dev.transcode.ffmpeg.FfmpegInstallation;
import dev.transcode.ffmpeg.TrialEncode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Which FFmpeg runs, what it was built with, and whether it encodes, also on hardware. */
final class FfmpegArea implements Area {
    private static final Duration TRIAL = Duration.ofSeconds(8);
    private static final List<String> NEEDED_ENCODERS = List.of("libx264", "aac");
    private static final List<String> NEEDED_FILTERS =
            List.of("zscale", "tonemap", "bwdif", "fps", "tpad", "scale", "aresample");
    private static final Set<String> SHOWN_ENCODERS = Set.of("libx264", "libx265", "libsvtav1", "aac");
    private static final String FULL_BUILD = "Use a full build of FFmpeg, or --ffmpeg bundled.";

    private final Supplier<FfmpegInstallation> find;

    FfmpegArea(Supplier<FfmpegInstallation> find) {
        this.find = find;
    }

    @Override
    public String name() {
        return "ffmpeg";
    }

    @Override
    public void examine(Report report) {
        FfmpegInstallation ffmpeg = find.get();
        report.ok("ffmpeg", ffmpeg.version() + " (" + ffmpeg.source().wire() + ", " + ffmpeg.ffmpeg() + ")");
        Set<String> encoders = ffmpeg.encoders();
        Set<String> shown = new TreeSet<>(encoders);
        shown.retainAll(SHOWN_ENCODERS);
        list(report, "ffmpeg encoders", NEEDED_ENCODERS, encoders, String.join(" ", shown));
        list(report, "ffmpeg filters", NEEDED_FILTERS, ffmpeg.filters(), String.join(" ", NEEDED_FILTERS));
        if (encoders.contains("libx264")) {
            software(report, TrialEncode.run(ffmpeg, "libx264", TRIAL));
        }
        List<TrialEncode.Outcome> trials = new ArrayList<>();
        for (String encoder : TrialEncode.hardware()) {
            if (encoders.contains(encoder)) {
                trials.add(TrialEncode.run(ffmpeg, encoder, TRIAL));
            }
        }
        hardware(report, trials);
    }

    static void list(Report report, String name, List<String> needed, Set<String> there, String shown) {
        List<String> missing =
                needed.stream().filter(one -> !there.contains(one)).toList();
        if (missing.isEmpty()) {
            report.ok(name, shown);
        } else {
            report.failed(name, "missing: " + String.join(" ", missing), FULL_BUILD);
        }
    }

    static void software(Report report, TrialEncode.Outcome trial) {
        if (trial.works()) {
            report.ok("ffmpeg trial", "libx264 encoded 10 frames in " + Figures.time(trial.took()));
        } else {
            report.failed("ffmpeg trial", "libx264 does not encode: " + trial.reason(), FULL_BUILD);
        }
    }

    /** Jobs are encoded in software whatever is here: so hardware that is missing is no fault. */
    static void hardware(Report report, List<TrialEncode.Outcome> trials) {
        if (trials.isEmpty()) {
            report.skipped("ffmpeg hardware", "this FFmpeg has no hardware encoders", "");
        }
        List<String> missing = new ArrayList<>();
        for (TrialEncode.Outcome trial : trials) {
            if (trial.works()) {
                report.ok("ffmpeg hardware", trial.encoder() + " encoded 10 frames in " + Figures.time(trial.took()));
            } else {
                missing.add(trial.encoder() + " (" + trial.reason() + ")");
            }
        }
        if (!missing.isEmpty()) {
            report.skipped("ffmpeg hardware", "not on this machine: " + String.join(", ", missing), "");
        }
    }
}
