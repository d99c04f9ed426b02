package dev.transcode.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PicturesTest {
    private static final int PIXELS = Pictures.WIDTH * Pictures.HEIGHT;

    @Test
    void cutsRawVideoIntoFrames() {
        byte[] raw = new byte[2 * PIXELS + 7];
        Arrays.fill(raw, PIXELS, 2 * PIXELS, (byte) 9);

        Pictures pictures = Pictures.of(raw);

        assertThat(pictures.frames()).hasSize(2);
        assertThat(pictures.frames().get(0)).hasSize(PIXELS).containsOnly((byte) 0);
        assertThat(pictures.frames().get(1)).hasSize(PIXELS).containsOnly((byte) 9);
        assertThat(Pictures.of(new byte[PIXELS - 1]).frames()).isEmpty();
    }

    /** A grey frame, then one of which the upper half is white: bytes above 127 are bright, not negative. */
    @Test
    void measuresContrastAndMovement() {
        byte[] raw = new byte[2 * PIXELS];
        Arrays.fill(raw, (byte) 100);
        Arrays.fill(raw, PIXELS, PIXELS + PIXELS / 2, (byte) 250);

        Pictures pictures = Pictures.of(raw);

        assertThat(pictures.contrast()).isEqualTo(150);
        assertThat(pictures.movement()).isCloseTo(75, within(1e-9));
        assertThat(Pictures.NONE.contrast()).isZero();
        assertThat(Pictures.NONE.movement()).isZero();
    }
}
