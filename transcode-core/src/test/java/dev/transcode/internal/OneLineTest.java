package dev.transcode.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
    @ParameterizedTest
    @ValueSource(
            ints = {0, '\t', '\n', '\r', 0x1B, 0x7F, 0x85, 0x9B, 0x9F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069})
    void whatBreaksSteersOrTurnsALineIsTakenOut(int character) {
        String one = Character.toString(character);

        assertThat(OneLine.of(one + "a" + one + one + "b" + one)).isEqualTo("a b");
        assertThat(OneLine.marked(one + "a" + one + one + "b")).isEqualTo("?a??b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a  b", "Größe ½ – 映画 🎬", "\u05d0\u200f (1)\u200e.mp4", "e\u0301\u200d\u00a0x"})
    void whatOnlyLooksUncommonStays(String text) {
        assertThat(OneLine.of(text)).isEqualTo(text);
        assertThat(OneLine.marked(text)).isEqualTo(text);
    }

    @Test
    void nothingIsLeftOfNothingElse() {
        assertThat(OneLine.of(" \r\n\u202e ")).isEmpty();
    }
}
