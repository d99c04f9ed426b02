package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @Test
    void versionIsThatOfThePom() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.code()).isZero();
        assertThat(run.out()).matches("transcode \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void aWrongOptionIsAUsageErrorOnStandardError() {
        CommandRun run = CommandRun.of("run", "film.mp4", "--nonsense");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Unknown option: '--nonsense'").contains("transcode run --help");
    }

    @Test
    void aMisspeltCommandIsAnsweredWithASuggestion() {
        CommandRun run = CommandRun.of("prob", "film.mp4");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("probe");
    }

    @Test
    void withoutASubcommandItIsAUsageError() {
        assertThat(CommandRun.of().code()).isEqualTo(2);
    }

    @Test
    void everyCommandHasHelpWithADescription() {
        for (Map.Entry<String, CommandLine> command :
                Main.commandLine(new TestConnections(Map.of())).getSubcommands().entrySet()) {
            CommandRun run = CommandRun.of(command.getKey(), "--help");

            assertThat(run.code()).as(command.getKey()).isZero();
            assertThat(run.out()).contains("Usage: transcode ");
            assertThat(command.getValue().getCommandSpec().usageMessage().description())
                    .isNotEmpty();
        }
    }

    @Test
    void aMissingFileSaysCodeSentenceAndHint() {
        CommandRun run = CommandRun.of("run", "no-such-film.mp4");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err())
                .contains("error: cannot read no-such-film.mp4: there is no such file [input_not_found]")
                .contains("hint: ");
    }

    @Test
    void anErrorIsJsonOnStandardOutputWhenAskedFor() {
        CommandRun run = CommandRun.of("run", "no-such-film.mp4", "--json");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.out())
                .contains("\"status\": \"failed\"")
                .contains("\"error_code\": \"input_not_found\"")
                .contains("\"hint\": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--ladder=720p:4M",
                "--ladder=@no-such-ladder.json",
                "--profile=nonsense",
                "--segment-seconds=3",
                "--crf=99",
                "--preset=quick",
                "--max-fps=0"
            })
    void aWrongSettingIsRefusedBeforeAnythingIsDone(String option) {
        CommandRun run = CommandRun.of("plan", "/dev/null", option);

        assertThat(run.code()).isIn(2, 5);
        assertThat(run.err()).startsWith("error: ").contains("hint: ");
    }

    @Test
    void profilesAreListedForPeopleAndPrograms() {
        assertThat(CommandRun.of("profiles").out()).contains("roku-hls  1080p").contains("mobile");
        assertThat(CommandRun.of("profiles", "--json").out()).contains("\"audio_bitrate\": \"192k\"");
    }

    @Test
    void completionIsAShellScript() {
        assertThat(CommandRun.of("completion").out()).contains("complete -F").contains("probe");
    }
}
