package dev.transcode.ffmpeg;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.media.FieldOrder;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.Prober;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Prober} that asks ffprobe: once for the headers, once for every packet.
 *
 * <p>Two runs, since the headers decide how packets are read, and are had within a tenth of a second, while the scan
 * reads the whole file: 3 to 6 s for 84 minutes (0.5 GB) on two cores. The scan is streamed: a film of twelve hours takes
 * no more memory than a clip. Only where a header leaves the field order open are some frames decoded, see
 * {@link InterlaceCheck}. Clean apertures of a container are not applied: the size is that of the coded picture.
 *
 * <p>Thread-safe: each call has its own processes.
 */
public final class FfprobeProber implements Prober {
    private static final Logger LOG = LoggerFactory.getLogger(FfprobeProber.class);

    private static final Duration HEADER_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(20);

    /** The scan's limit grows with the file: a slow network disk reads 10 MB a second. */
    private static final Duration SCAN_BASE = Duration.ofSeconds(60);

    private static final long SCAN_BYTES_A_SECOND = 10_000_000;
    private static final int HEADER_CHARACTERS = 4_000_000;
    private static final int LINE_BYTES = 16_384;

    /** Only what is read: titles and other tags may be of any size. */
    private static final String HEADER_ENTRIES = "format=format_name,duration"
            + ":stream=index,codec_type,codec_name,codec_tag_string,profile,width,height,sample_aspect_ratio,pix_fmt"
            + ",color_range,color_space,color_transfer,color_primaries,field_order,sample_fmt,sample_rate,channels"
            + ",channel_layout,r_frame_rate,avg_frame_rate,time_base,duration,nb_frames"
            + ":stream_disposition=attached_pic,still_image,timed_thumbnails"
            + ":stream_tags=language:stream_side_data=side_data_type,rotation";

    private final FfmpegInstallation installation;

    public FfprobeProber(FfmpegInstallation installation) {
        this.installation = installation;
    }

    @Override
    public MediaInfo probe(Path file, Cancellation cancellation) {
        FileHead head = FileHead.read(file);
        ProbeReport report = readHeader(file, head, cancellation);
        ProbeLimits.checkHeader(report);
        report = findFieldOrder(file, report, cancellation);
        PacketScan scan = new PacketScan(report);
        try {
            long bytes = Files.size(file);
            ToolExit exit = scan(file, bytes, scan, cancellation);
            if (!exit.isSuccess()) {
                throw new TranscodeException(ProbeFailure.of(exit, head));
            }
            long missing = FileTail.missingBytes(file, report.format());
            List<String> log = exit.lastLines();
            return ProbeResult.of(report, scan, bytes, new Truncation(report, bytes, missing, log), log);
        } catch (IOException e) {
            throw new TranscodeException(
                    FailureCode.IO_ERROR, "cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private ProbeReport readHeader(Path file, FileHead head, Cancellation cancellation) {
        List<String> arguments =
                List.of("-v", "error", "-print_format", "json=compact=1", "-show_entries", HEADER_ENTRIES);
        StringBuilder json = new StringBuilder();
        ToolExit exit = tool(installation.ffprobe(), arguments, file, List.of())
                .stdoutLines(LINE_BYTES, line -> {
                    if (json.length() < HEADER_CHARACTERS) {
                        json.append(line).append('\n');
                    }
                })
                .wallTime(HEADER_LIMIT, tooSlow(file, HEADER_LIMIT), System::nanoTime)
                .run(cancellation);
        if (!exit.isSuccess()) {
            throw new TranscodeException(ProbeFailure.of(exit, head));
        }
        return ProbeJson.parse(json.toString()).orElseThrow(() -> new TranscodeException(ProbeFailure.of(exit, head)));
    }

    private ToolExit scan(Path file, long bytes, PacketScan scan, Cancellation cancellation) {
        List<String> arguments =
                List.of("-v", "error", "-print_format", Packet.FORMAT, "-show_entries", Packet.ENTRIES);
        Duration limit = SCAN_BASE.plusSeconds(bytes / SCAN_BYTES_A_SECOND);
        return tool(installation.ffprobe(), arguments, file, List.of())
                .stdoutLines(LINE_BYTES, scan::accept)
                .wallTime(limit, tooSlow(file, limit), System::nanoTime)
                .run(cancellation);
    }

    /** Looks at the first real picture where its header leaves open whether it is interlaced. */
    private ProbeReport findFieldOrder(Path file, ProbeReport report, Cancellation cancellation) {
        for (StreamHeader stream : report.streams(StreamHeader.Kind.VIDEO)) {
            VideoHeader video = stream.video();
            if (video == null || !stream.isDecodable()) {
                continue;
            }
            if (!InterlaceCheck.isWanted(stream)) {
                return report;
            }
            FieldOrder found = look(file, stream, cancellation);
            LOG.debug("field order of {} by looking: {}", stream.describe(), found);
            return report.with(stream.withVideo(video.withFieldOrder(found)));
        }
        return report;
    }

    private FieldOrder look(Path file, StreamHeader stream, Cancellation cancellation) {
        List<String> arguments = List.of("-hide_banner", "-nostats", "-nostdin", "-v", "info");
        try {
            ToolExit exit = tool(installation.ffmpeg(), arguments, file, InterlaceCheck.arguments(stream))
                    .wallTime(LOOK_LIMIT, tooSlow(file, LOOK_LIMIT), System::nanoTime)
                    .run(cancellation);
            return InterlaceCheck.parse(exit.lastLines());
        } catch (TranscodeException e) {
            cancellation.throwIfCancelled();
            LOG.debug("cannot look at {}: {}", stream.describe(), e.getMessage());
            return FieldOrder.UNKNOWN; // not worth failing a job for
        }
    }

    private ToolProcess tool(Path program, List<String> before, Path file, List<String> after) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(before);
        command.addAll(HardenedInput.of(installation));
        command.add("-i");
        // With its protocol named, a name such as "a:b.mp4" is no URL.
        command.add("file:" + file.toAbsolutePath());
        command.addAll(after);
        return new ToolProcess(command).environment(installation.environment());
    }

    private static Failure tooSlow(Path file, Duration limit) {
        return new Failure(
                FailureCode.TIME_LIMIT,
                "cannot probe " + file.getFileName() + ": not done within " + limit.toSeconds() + " s",
                "Check the speed of the disk the file is on; a file that keeps ffprobe busy this long may be damaged.");
    }
}
