package dev.transcode.job;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a job, chosen by the producer or made by {@link #create}.
 *
 * @param value 1 to 128 of {@code A-Za-z0-9._-}, starting with a letter or digit
 */
public record JobId(String value) {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final RandomGenerator RANDOM = new SecureRandom();

    /** @throws TranscodeException ({@link FailureCode#INVALID_JOB}) if {@code value} is no valid id */
    public JobId {
        if (!VALID.matcher(value).matches()) {
            throw new TranscodeException(
                    FailureCode.INVALID_JOB,
                    "job id is not 1 to 128 of A-Z a-z 0-9 . _ - starting with a letter or digit");
        }
    }

    /** A new id of the contract's form {@code job_<epoch seconds>_<6 random>}. */
    public static JobId create(Clock clock) {
        StringBuilder id = new StringBuilder("job_")
                .append(clock.instant().getEpochSecond())
                .append('_');
        for (int i = 0; i < 6; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new JobId(id.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
