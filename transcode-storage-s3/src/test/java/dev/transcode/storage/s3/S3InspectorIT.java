package dev.transcode.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.FailureCode;
import dev.transcode.storage.s3.fixture.Gate;
import dev.transcode.storage.s3.fixture.Gate.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing is smoothed over: what Storage would swallow or try again is told at once. */
class S3InspectorIT extends S3ServerCase {
    @Test
    void whatWasPutIsReadWholeAndInPart() throws Exception {
        S3Inspector inspector = direct().inspector();
        Path file = Files.writeString(local.resolve("probe"), "0123456789");

        inspector.put(ref("a b/ä.txt"), file, PLAIN);

        S3Inspector.Answer whole = inspector.get(ref("a b/ä.txt"), Map.of());
        assertThat(whole.body()).isEqualTo("0123456789");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.headers()).containsEntry("content-type", "video/mp4");
        S3Inspector.Answer part = inspector.get(ref("a b/ä.txt"), Map.of("Range", "bytes=2-4"));
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.status()).isEqualTo(206);
        inspector.delete(ref("a b/ä.txt"));
        assertThat(code(() -> inspector.get(ref("a b/ä.txt"), Map.of()))).isEqualTo(FailureCode.INPUT_NOT_FOUND);
    }

    @Test
    void aForbiddenDeleteIsAnError() throws Exception {
        S3Inspector inspector = at(server.getAndPutOnly()).inspector();
        inspector.put(ref("x"), file(10), PLAIN);

        assertThat(failure(() -> inspector.delete(ref("x"))).message())
                .contains("cannot delete bucket/x", "AccessDenied");
    }

    @Test
    void anyAnswerToAKnockWillDo() {
        Gate gate = server.gate(request -> Action.answer(403, "X-Amz-Bucket-Region: eu-west-1\r\n", new byte[0]));

        S3Inspector.Answer answer = behind(gate).inspector().knock(BUCKET);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).containsEntry("x-amz-bucket-region", "eu-west-1");
        assertThat(gate.seen()).hasSize(1);
        assertThat(gate.seen().get(0).headers()).doesNotContainKey("authorization");
        assertThat(gate.seen().get(0).path()).isEqualTo("/" + BUCKET);
    }

    @Test
    void aFailureIsNotTriedAgain() {
        Gate gate = server.gate(request -> Action.error(503, "SlowDown"));

        assertThat(code(() -> behind(gate).inspector().get(ref("x"), Map.of()))).isEqualTo(FailureCode.SLOW_DOWN);
        assertThat(gate.seen()).hasSize(1);
    }

    @Test
    void aStoreThatNeverAnswersIsGivenUpWithinSeconds() {
        Gate gate = server.gate(request -> Action.SILENCE);
        long start = System.nanoTime();

        assertThat(code(() -> behind(gate).inspector().get(ref("x"), Map.of())).retryable())
                .isTrue();
        assertThat(code(() -> behind(gate).inspector().knock(BUCKET)).retryable())
                .isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    }
}
