package dev.transcode.cli;

import dev.transcode.JsonReports;
import dev.transcode.ffmpeg.FfmpegSampleDecoder;
import dev.transcode.internal.WorkFolder;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import dev.transcode.verify.CheckResult;
import dev.transcode.verify.CheckResult.Outcome;
import dev.transcode.verify.LocalPackage;
import dev.transcode.verify.PackageSource;
import dev.transcode.verify.SampleDecoder;
import dev.transcode.verify.Verdict;
import dev.transcode.verify.Verifier;
import dev.transcode.verify.Violation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Checks an HLS package, made by transcode or by anything else: whether it is whole, whether its"
                + " playlists tell the truth about its segments, and whether these decode.",
        footer = {
            "",
            "Examples:",
            "  transcode verify out",
            "  transcode verify https://example.com/film/master.m3u8 --json",
            "",
            "A check is skipped where it does not apply: of MPEG-TS segments the times are",
            "not read. What transcode made is held to its report.json beside it. Playlists",
            "may have 4 MiB; a file on the web has to come within 2 min.",
            "Exit codes: 0 no check failed, 1 one did, 5 there is no such package,",
            "69 the server cannot be reached."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final String MASTER = "master.m3u8";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH|URL",
            description = "A folder with a master.m3u8, a playlist, or the http(s) address of one.")
    private String target;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--no-decode", description = "Do not decode the first, a middle and the last segment.")
    private boolean noDecode;

    @Option(
            names = "--max-bytes",
            paramLabel = "N",
            defaultValue = "2147483648",
            description = "Load so many bytes from the web at most (default: 2 GiB).")
    private long maxBytes;

    @Mixin
    private FfmpegOptions ffmpeg;

    @Override
    public Integer call() {
        if (maxBytes < 1) {
            throw new ParameterException(spec.commandLine(), "--max-bytes is " + maxBytes + ": 1 or more");
        }
        Verifier verifier = new Verifier(decoder());
        Cancellation cancellation = new Cancellation();
        Verdict verdict;
        try (WorkFolder work = WorkFolder.create(Path.of(System.getProperty("java.io.tmpdir")))) {
            verdict = Interrupts.cancelling(cancellation, () -> verify(verifier, work, cancellation));
        }
        Console console = Console.of(spec.commandLine());
        if (json) {
            console.out().println(JsonReports.of(target, verdict));
        } else {
            print(console, verdict);
        }
        return verdict.isOk() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Without FFmpeg all the other checks are still worth something, unless one was asked for by name. */
    private Optional<SampleDecoder> decoder() {
        if (noDecode) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FfmpegSampleDecoder(ffmpeg.find()));
        } catch (TranscodeException e) {
            if (ffmpeg.isChosen()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Verdict verify(Verifier verifier, WorkFolder work, Cancellation cancellation) {
        Path scratch = work.newDirectory("scratch");
        if (target.startsWith("http://") || target.startsWith("https://")) {
            URI address = address(target);
            PackageSource source = new HttpPackage(work.newDirectory("loaded"), maxBytes);
            return verifier.verify(source, address, scratch, cancellation);
        }
        Path path = Path.of(target);
        Path playlist = (Files.isDirectory(path) ? path.resolve(MASTER) : path).toAbsolutePath();
        if (!Files.isRegularFile(playlist)) {
            throw notFound(Files.isDirectory(path) ? "it has no " + MASTER : "there is no such file");
        }
        try {
            LocalPackage source =
                    new LocalPackage(Optional.ofNullable(playlist.getParent()).orElse(path));
            URI address = source.address(String.valueOf(playlist.getFileName()));
            return verifier.verify(source, address, scratch, cancellation);
        } catch (IOException e) {
            throw new TranscodeException(FailureCode.IO_ERROR, "cannot read " + playlist + ": " + e, e);
        }
    }

    private URI address(String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null) {
                return text.endsWith("/") ? address.resolve(MASTER) : address;
            }
        } catch (IllegalArgumentException e) {
            throw new TranscodeException(FailureCode.INVALID_JOB, "cannot verify " + text + ": not an address", e);
        }
        throw new TranscodeException(FailureCode.INVALID_JOB, "cannot verify " + text + ": it names no host");
    }

    private TranscodeException notFound(String reason) {
        return new TranscodeException(FailureCode.INPUT_NOT_FOUND, "cannot verify " + target + ": " + reason);
    }

    private static void print(Console console, Verdict verdict) {
        for (CheckResult check : verdict.checks()) {
            String outcome = String.format("%-7s", check.outcome().wire());
            String colored = switch (check.outcome()) {
                case OK -> console.green(outcome);
                case FAILED -> console.red(outcome);
                case SKIPPED -> console.yellow(outcome);
            };
            String line = String.format("%-15s", check.check()) + "  " + Format.plain(check.detail());
            console.out().println(colored + "  " + line);
            printViolations(console, check.violations());
        }
        String counts = verdict.count(Outcome.OK) + " ok, " + verdict.count(Outcome.FAILED) + " failed, "
                + verdict.count(Outcome.SKIPPED) + " skipped";
        console.out().println((verdict.isOk() ? console.green("good") : console.red("bad")) + ": " + counts);
    }

    private static void printViolations(Console console, List<Violation> violations) {
        int shown = Math.min(violations.size(), 10);
        for (Violation violation : violations.subList(0, shown)) {
            console.out()
                    .println("         "
                            + Format.plain(violation.where() + ": expected " + violation.expected() + ", found "
                                    + violation.found()));
        }
        if (shown < violations.size()) {
            console.out().println("         and " + (violations.size() - shown) + " more; --json prints all");
        }
    }
}
