package dev.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanguageTagTest {
    @Test
    void longCodesBecomeTheShortestTag() {
        assertThat(LanguageTag.of("eng")).contains("en");
        assertThat(LanguageTag.of("deu")).contains("de");
        assertThat(LanguageTag.of("ger")).contains("de");
        assertThat(LanguageTag.of("haw")).contains("haw");
        assertThat(LanguageTag.of("FR")).contains("fr");
    }

    @Test
    void whatNamesNoLanguageGivesNoTag() {
        assertThat(LanguageTag.of("und")).isEmpty();
        assertThat(LanguageTag.of("")).isEmpty();
        assertThat(LanguageTag.of("e\"n")).isEmpty();
    }

    @Test
    void languagesAreNamedInEnglish() {
        assertThat(LanguageTag.nameOf("de")).isEqualTo("German");
        assertThat(LanguageTag.nameOf("qaa")).isEqualTo("qaa");
    }
}
