package dev.transcode;

import dev.transcode.encode.EncodeListener;
import dev.transcode.encode.EncodeProgress;
import dev.transcode.encode.EncodedMedia;
import dev.transcode.encode.Encoder;
import dev.transcode.hls.FileKind;
import dev.transcode.hls.HlsLayout;
import dev.transcode.hls.HlsPackage;
import dev.transcode.hls.HlsPackager;
import dev.transcode.hls.PackagedFile;
import dev.transcode.internal.FileErrors;
import dev.transcode.internal.WorkFolder;
import dev.transcode.job.Failure;
import dev.transcode.job.FailureCode;
import dev.transcode.job.Job;
import dev.transcode.job.Stage;
import dev.transcode.job.TranscodeException;
import dev.transcode.ladder.EncodePlan;
import dev.transcode.ladder.EncodePlanner;
import dev.transcode.ladder.PlannedOutput;
import dev.transcode.media.Finding;
import dev.transcode.media.MediaInfo;
import dev.transcode.media.Prober;
import dev.transcode.storage.CommitIdentity;
import dev.transcode.storage.PublishSession;
import dev.transcode.storage.Publisher;
import dev.transcode.storage.RunDirectory;
import dev.transcode.storage.Storage;
import dev.transcode.storage.Upload;
import dev.transcode.storage.UploadStats;
import dev.transcode.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One attempt at one job, from fetch to publish. Used once, by one thread. */
final class JobRun {
    private final Storage storage;
    private final Prober prober;
    private final Encoder encoder;
    private final Verifier verifier;
    private final Path workDirectory;
    private final Job job;
    private final Attempt attempt;
    private final JobListener listener;
    private final ProgressMeter meter;
    private final Set<String> uploaded = new HashSet<>();

    JobRun(
            Storage storage,
            Prober prober,
            Encoder encoder,
            Verifier verifier,
            Path workDirectory,
            Job job,
            Attempt attempt,
            JobListener listener) {
        this.storage = storage;
        this.prober = prober;
        this.encoder = encoder;
        this.verifier = verifier;
        this.workDirectory = workDirectory;
        this.job = job;
        this.attempt = attempt;
        this.listener = listener;
        this.meter = new ProgressMeter(listener, System::nanoTime);
    }

    JobResult run() {
        try (WorkFolder work = WorkFolder.create(workDirectory)) {
            meter.enter(Stage.FETCH);
            Path source =
                    storage.fetch(job.source(), work.newDirectory("source"), meter::fetched, attempt.cancellation());
            meter.enter(Stage.PROBE);
            MediaInfo media = prober.probe(source, attempt.cancellation());
            meter.enter(Stage.PLAN);
            EncodePlan plan = EncodePlanner.plan(media, job.ladder(), job.settings());
            checkSourceStays(plan);
            DiskCheck.forOutput(plan, work.path());
            listener.onPlan(media, plan);
            return encodeAndPublish(work, source, media, plan);
        }
    }

    /** An output at the source's place would be the end of the source; a later attempt would need it. */
    private void checkSourceStays(EncodePlan plan) {
        for (PlannedOutput output : plan.outputs()) {
            if (job.output().resolve(output.file()).equals(job.source())) {
                throw new TranscodeException(new Failure(
                        FailureCode.INVALID_JOB,
                        "cannot make " + output.file() + ": it would replace the source " + job.source(),
                        "Choose another place for the output, or another name for the source."));
            }
        }
    }

    private JobResult encodeAndPublish(WorkFolder work, Path source, MediaInfo media, EncodePlan plan) {
        CommitIdentity identity = new CommitIdentity(job.id(), attempt.generation(), attempt.fence());
        HlsLayout layout = HlsLayout.of(
                plan,
                identity.run().name(),
                job.publicBaseUrl()
                        .map(site -> HlsLayout.publicBase(site, job.output().path())));
        try (PublishSession session =
                Publisher.start(storage, job.output(), identity, attempt.gate(), attempt.cancellation())) {
            meter.enter(Stage.ENCODE);
            EncodedMedia encoded = encoder.encode(
                    plan,
                    source,
                    work.newDirectory("encode"),
                    new Uploader(plan, layout, session),
                    attempt.cancellation());
            meter.enter(Stage.PACKAGE);
            HlsPackage hls = new HlsPackager(encoder)
                    .pack(plan, encoded, layout, work.newDirectory("package"), attempt.cancellation());
            meter.enter(Stage.VERIFY);
            verifier.verify(
                            new Verifier.Output(plan, media, source, hls, layout),
                            work.newDirectory("verify"),
                            attempt.cancellation())
                    .throwIfFailed();
            JobResult result = result(media, plan, encoded, hls, identity.run());
            Path report = work.path().resolve(RunDirectory.REPORT);
            write(report, JsonReports.of(media, plan, result));
            meter.enter(Stage.PUBLISH);
            PackagedFile reportFile = new PackagedFile(report, identity.run().reportKey(), FileKind.REPORT);
            UploadStats uploads = publish(session, hls, reportFile);
            meter.end();
            return result.published(
                    meter.timings(), uploads, session.published().run());
        }
    }

    private UploadStats publish(PublishSession session, HlsPackage hls, PackagedFile report) {
        List<Upload> fixedNames = new ArrayList<>();
        List<Upload> master = new ArrayList<>();
        put(session, report);
        for (PackagedFile file : hls.files()) {
            switch (file.kind()) {
                case MP4 -> fixedNames.add(upload(file));
                case MULTIVARIANT_PLAYLIST -> master.add(upload(file));
                default -> put(session, file);
            }
        }
        return session.commit(fixedNames, master.get(0));
    }

    /** Puts {@code file} unless that was done while the encoder ran. */
    private void put(PublishSession session, PackagedFile file) {
        if (uploaded.add(file.key())) {
            session.put(upload(file));
        }
    }

    private static Upload upload(PackagedFile file) {
        return new Upload(
                file.file(), file.key(), file.kind().contentType(), file.kind().cacheControl());
    }

    private JobResult result(MediaInfo media, EncodePlan plan, EncodedMedia encoded, HlsPackage hls, RunDirectory run) {
        List<Finding> findings = new ArrayList<>(media.findings());
        findings.addAll(plan.findings());
        findings.addAll(encoded.findings());
        List<JobResult.Output> outputs = new ArrayList<>();
        for (PlannedOutput output : plan.outputs()) {
            String key = job.output().resolve(output.file()).key();
            outputs.add(new JobResult.Output(output.profile(), key, size(hls, output.file())));
        }
        return new JobResult(
                job.id(),
                outputs,
                hls.renditions(),
                findings,
                plan.duration(),
                meter.timings(),
                encoded.stats(),
                media.bytes(),
                new UploadStats(0, 0, Duration.ZERO),
                run);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw FileErrors.of("cannot write " + file, e);
        }
    }

    private static long size(HlsPackage hls, String key) {
        for (PackagedFile file : hls.files()) {
            if (file.key().equals(key)) {
                try {
                    return Files.size(file.file());
                } catch (IOException e) {
                    throw FileErrors.of("cannot read the size of " + file.file(), e);
                }
            }
        }
        throw new TranscodeException(FailureCode.ENCODE_FAILED, "cannot package " + key + ": it was not made");
    }

    /**
     * Publishes segments while the encoder runs. Never waits for the storage: who calls reads the encoder's output, and
     * an encoder whose output is not read looks like one that hangs. What is too much now is offered again later.
     */
    private final class Uploader implements EncodeListener {
        private final Deque<PackagedFile> waiting = new ArrayDeque<>();
        private final EncodePlan plan;
        private final HlsLayout layout;
        private final PublishSession session;

        Uploader(EncodePlan plan, HlsLayout layout, PublishSession session) {
            this.plan = plan;
            this.layout = layout;
            this.session = session;
        }

        @Override
        public void onProgress(EncodeProgress progress) {
            meter.encoded(progress, plan.duration());
            offerWaiting();
        }

        @Override
        public void onSegment(String directory, Path file) {
            waiting.add(layout.place(directory, file));
            offerWaiting();
        }

        private void offerWaiting() {
            while (!waiting.isEmpty() && session.offer(upload(waiting.peek()))) {
                uploaded.add(waiting.remove().key());
            }
        }
    }
}
