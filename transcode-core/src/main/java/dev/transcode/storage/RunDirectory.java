package dev.transcode.storage;

import dev.transcode.job.JobId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory below the output prefix that one attempt writes its segments and media playlists to. It is new for each
 * attempt, so that nothing that is being played is overwritten.
 *
 * @param id8 the first 8 hex digits of the job id's SHA-256
 * @param fence of the attempt, not negative
 */
public record RunDirectory(String id8, long fence) {
    /** Name of the report in it. */
    public static final String REPORT = "report.json";

    /** The most that is read of a report: that of the longest film with the most rungs has some 20 MB. */
    public static final long MAX_REPORT_BYTES = 64L << 20;

    private static final String FORM = "r-([0-9a-f]{8})-(0|[1-9][0-9]{0,17})";
    private static final Pattern NAME = Pattern.compile(FORM);
    private static final Pattern IN_URI = Pattern.compile("(?<![A-Za-z0-9._~%-])" + FORM + "/");

    public RunDirectory {
        if (!NAME.matcher("r-" + id8 + "-" + fence).matches()) {
            throw new IllegalArgumentException("no run directory: id8 " + id8 + ", fence " + fence);
        }
    }

    public static RunDirectory of(JobId job, long fence) {
        return new RunDirectory(id8(job), fence);
    }

    /** Reads exactly what {@link #name} writes; anything else is a stranger's and gives empty. */
    public static Optional<RunDirectory> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(read(matcher)) : Optional.empty();
    }

    /** The run directories that the URIs of a playlist lead through. */
    static Set<RunDirectory> namedIn(String playlist) {
        Set<RunDirectory> runs = new HashSet<>();
        Matcher matcher = IN_URI.matcher(playlist);
        while (matcher.find()) {
            runs.add(read(matcher));
        }
        return runs;
    }

    /** {@code r-<id8>-<fence>}. */
    public String name() {
        return "r-" + id8 + "-" + fence;
    }

    /** Key of the attempt's report, relative to the output prefix. */
    public String reportKey() {
        return name() + "/" + REPORT;
    }

    /** Whether an attempt of {@code job} wrote this directory. */
    public boolean belongsTo(JobId job) {
        return id8.equals(id8(job));
    }

    private static RunDirectory read(Matcher matcher) {
        return new RunDirectory(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    private static String id8(JobId job) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(job.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
