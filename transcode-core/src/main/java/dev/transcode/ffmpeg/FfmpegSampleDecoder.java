package dev.transcode.ffmpeg;

import dev.transcode.job.Cancellation;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.verify.Pictures;
import dev.transcode.verify.SampleDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decodes samples with FFmpeg: one process for all of them, and only if that complains one for each, to know which it
 * was. Thread-safe.
 */
public final class FfmpegSampleDecoder implements SampleDecoder {
    /** Far above what three segments take on a loaded machine. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Thumbnails of 100,000 frames. */
    private static final long MAX_BYTES = 64 << 20;

    /** A foreign package may have a hundred tracks; a process has some threads for each. */
    private static final int AT_ONCE = 12;

    /** Who speaks, one or several, then the level: {@code [h264 @ 0x5581] [error]}. */
    private static final Pattern LEVEL = Pattern.compile("^(?:\\[[^]]* @ [^]]*] *)*\\[(?:error|fatal|panic)]");

    private final FfmpegInstallation installation;

    public FfmpegSampleDecoder(FfmpegInstallation installation) {
        this.installation = installation;
    }

    @Override
    public List<Decoded> decode(List<Sample> samples, Path scratch, Cancellation cancellation) {
        List<Decoded> decoded = new ArrayList<>();
        for (int from = 0; from < samples.size(); from += AT_ONCE) {
            List<Sample> some = samples.subList(from, Math.min(samples.size(), from + AT_ONCE));
            decoded.addAll(decodeSome(some, scratch, cancellation));
        }
        return decoded;
    }

    private List<Decoded> decodeSome(List<Sample> samples, Path scratch, Cancellation cancellation) {
        List<Decoded> decoded = new ArrayList<>();
        List<String> complaints = run(DecodeCommand.decode(samples, inputOptions(), scratch), cancellation);
        if (complaints.isEmpty() || samples.size() == 1) {
            for (int i = 0; i < samples.size(); i++) {
                decoded.add(new Decoded(pictures(DecodeCommand.thumbnails(scratch, i)), complaints));
            }
            return decoded;
        }
        for (Sample sample : samples) {
            decoded.addAll(decodeSome(List.of(sample), scratch, cancellation));
        }
        return decoded;
    }

    @Override
    public Pictures source(
            Path source, int streamIndex, List<Duration> at, Duration length, Path scratch, Cancellation cancellation) {
        List<byte[]> frames = new ArrayList<>();
        for (Duration start : at) {
            Path target = DecodeCommand.thumbnails(scratch, 0);
            run(DecodeCommand.look(source, inputOptions(), streamIndex, start, length, target), cancellation);
            frames.addAll(pictures(target).frames());
        }
        return new Pictures(frames);
    }

    private List<String> inputOptions() {
        return HardenedInput.of(installation);
    }

    /** Runs FFmpeg at log level error, where it says nothing if all is well. */
    private List<String> run(List<String> arguments, Cancellation cancellation) {
        List<String> command = new ArrayList<>(List.of(installation.ffmpeg().toString()));
        command.addAll(arguments);
        Failure hangs = Failure.of(
                FailureCode.FFMPEG_STALLED,
                "cannot verify the output: ffmpeg did not decode it within " + LIMIT.toMinutes() + " minutes");
        ToolExit exit = new ToolProcess(command)
                .environment(installation.environment())
                .maxFileBytes(MAX_BYTES)
                .wallTime(LIMIT, hangs, System::nanoTime)
                .run(cancellation);
        if (exit.isSuccess()) {
            return complaints(exit.lastLines());
        }
        if (exit.signal().isPresent() && exit.signal().getAsInt() == ToolExit.KILL) {
            throw new TranscodeException(
                    FailureCode.FFMPEG_KILLED, "cannot verify the output: ffmpeg " + exit.describe());
        }
        List<String> complaints = new ArrayList<>(exit.lastLines());
        complaints.add("ffmpeg " + exit.describe());
        return complaints;
    }

    /**
     * What FFmpeg itself says, which has a level. Libraries speak on the same stream: libgcrypt, where memory may not be
     * locked (seccomp, a limit of 0), warns of that at each start.
     */
    static List<String> complaints(List<String> lines) {
        return lines.stream().filter(line -> LEVEL.matcher(line).find()).toList();
    }

    private static Pictures pictures(Path thumbnails) {
        try {
            Pictures pictures = Files.exists(thumbnails) ? Pictures.of(Files.readAllBytes(thumbnails)) : Pictures.NONE;
            Files.deleteIfExists(thumbnails);
            return pictures;
        } catch (IOException e) {
            throw new TranscodeException(FailureCode.IO_ERROR, "cannot read " + thumbnails, e);
        }
    }
}
