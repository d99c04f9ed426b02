package dev.transcode.ffmpeg;

import dev.transcode.encode.Quality;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.Rendition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares renditions with exactly the frames the encoder was given: the source goes through the plan's own filter graph
 * again. One process, the source decoded once. Thread-safe.
 */
public final class QualityMeter {
    /** {@code [ssim@v0 @ 0x5626409bee00] SSIM Y:0.97 ... All:0.973030 (15.69)}: which filter of which rendition, what. */
    private static final Pattern RESULT = Pattern.compile(
            "\\[(x?psnr|ssim)@(v\\d+) @ [^]]*] (?:\\[info] )?(?:SSIM .*All:|PSNR .*average:|XPSNR +y: *)([0-9.]+|inf).*");

    private final FfmpegInstallation installation;

    public QualityMeter(FfmpegInstallation installation) {
        this.installation = installation;
    }

    /**
     * @param source as it was encoded
     * @param renditions the finished files, in the plan's order
     * @return one for each rendition, in the plan's order
     * @throws TranscodeException {@code encode_failed} if FFmpeg cannot compare them
     */
    public List<Quality> measure(EncodePlan plan, Path source, List<Path> renditions, Cancellation cancellation) {
        boolean xpsnr = installation.filters().contains("xpsnr");
        List<String> command = new ArrayList<>(
                List.of(installation.ffmpeg().toString(), "-hide_banner", "-nostdin", "-v", "info", "-nostats"));
        command.addAll(SourceOptions.of(installation));
        command.addAll(List.of("-i", "file:" + source));
        for (Path rendition : renditions) {
            command.addAll(List.of("-i", "file:" + rendition));
        }
        command.addAll(List.of("-filter_complex", graph(plan, xpsnr)));
        for (Rendition rendition : plan.renditions()) {
            command.addAll(List.of("-map", "[q" + plan.directoryOf(rendition) + "]"));
        }
        command.addAll(List.of("-f", "null", "-"));
        Map<String, Double> results = new HashMap<>();
        ToolExit exit = new ToolProcess(command)
                .environment(installation.environment())
                .stderrLines(line -> read(line, results))
                .run(cancellation);
        if (!exit.isSuccess()) {
            throw new TranscodeException(
                    FailureCode.ENCODE_FAILED,
                    "cannot measure the quality: ffmpeg " + exit.describe() + ": " + exit.lastWords(2));
        }
        return qualities(plan, results);
    }

    /** Both sides are counted in frames, so that no rounding of times pairs the wrong ones. */
    static String graph(EncodePlan plan, boolean xpsnr) {
        List<String> filters = xpsnr ? List.of("ssim", "psnr", "xpsnr") : List.of("ssim", "psnr");
        StringBuilder graph =
                new StringBuilder(FilterGraph.video(plan, plan.video().orElseThrow()));
        int input = 1;
        for (Rendition rendition : plan.renditions()) {
            String id = plan.directoryOf(rendition);
            String count = "settb=" + rendition.frameRate().denominator() + "/"
                    + rendition.frameRate().numerator() + ",setpts=N";
            graph.append(";[")
                    .append(input++)
                    .append(":v:0]")
                    .append(count)
                    .append("[d")
                    .append(id)
                    .append("0]");
            graph.append(";[")
                    .append(id)
                    .append(']')
                    .append(count)
                    .append(",split=")
                    .append(filters.size());
            for (int i = 0; i < filters.size(); i++) {
                graph.append("[r").append(id).append(i).append(']');
            }
            for (int i = 0; i < filters.size(); i++) {
                String out = i + 1 < filters.size() ? "d" + id + (i + 1) : "q" + id;
                graph.append(";[d" + id + i + "][r" + id + i + "]" + filters.get(i) + "@" + id + "[" + out + "]");
            }
        }
        return graph.toString();
    }

    static void read(String line, Map<String, Double> results) {
        Matcher matcher = RESULT.matcher(line);
        if (matcher.matches()) {
            String value = matcher.group(3);
            results.put(
                    matcher.group(1) + matcher.group(2),
                    value.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value));
        }
    }

    private static List<Quality> qualities(EncodePlan plan, Map<String, Double> results) {
        List<Quality> qualities = new ArrayList<>();
        for (Rendition rendition : plan.renditions()) {
            String id = plan.directoryOf(rendition);
            Double ssim = results.get("ssim" + id);
            Double psnr = results.get("psnr" + id);
            Double xpsnr = results.get("xpsnr" + id);
            if (ssim == null || psnr == null) {
                throw new TranscodeException(
                        FailureCode.ENCODE_FAILED,
                        "cannot measure the quality of " + rendition.name() + ": ffmpeg said nothing of it");
            }
            qualities.add(new Quality(
                    rendition.name(), ssim, psnr, xpsnr == null ? OptionalDouble.empty() : OptionalDouble.of(xpsnr)));
        }
        return qualities;
    }
}
