package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MultivariantTest {
    @Test
    void theBestVariantOfAUsualConnectionComesFirstThenTheOthersAscending() {
        assertThat(order(8_000_000, 4_100_000, 2_100_000, 860_000))
                .containsExactly(2_100_000L, 860_000L, 4_100_000L, 8_000_000L);
        assertThat(order(800_000, 2_500_000, 2_500_001)).containsExactly(2_500_000L, 800_000L, 2_500_001L);
    }

    @Test
    void whereAllAreAboveTheSmallestComesFirst() {
        assertThat(order(8_000_000, 4_000_000)).containsExactly(4_000_000L, 8_000_000L);
    }

    private static List<Long> order(long... averages) {
        List<Variant> variants = new ArrayList<>();
        for (long average : averages) {
            variants.add(new Variant(
                    "v.m3u8",
                    average * 2,
                    OptionalLong.of(average),
                    List.of(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
        List<Long> ordered = new ArrayList<>();
        for (Variant variant : Multivariant.inOrder(variants)) {
            ordered.add(variant.averageBandwidth().orElseThrow());
        }
        return ordered;
    }
}
