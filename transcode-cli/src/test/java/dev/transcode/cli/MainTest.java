package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void aCommandThatDoesNotExistIsNamed() {
        CommandRun run = CommandRun.of("rnu", "film.mp4");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("error: there is no command 'transcode rnu'")
                .contains("transcode --help");
    }

    @Test
    void optionsThatExcludeEachOtherAreAnErrorOnce() {
        CommandRun run = CommandRun.of("plan", "film.mp4", "--profile=web", "--ladder=720p:4M:128k");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: --profile=NAME, --ladder=RUNGS are mutually exclusive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "not a url", "ftp://example.com", "https://example.com/?token=1"})
    void anAddressOfTheBucketThatIsNoneIsRefusedBeforeAnythingIsDone(String address) {
        CommandRun run = CommandRun.of("run", "/dev/null", "--public-base-url=" + address);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: Invalid value for option '--public-base-url': it ");
    }

    @ParameterizedTest
    @CsvSource({
        "verify out --max-bytes=-5, --max-bytes is -5: 1 or more",
        "verify out --max-bytes=0, --max-bytes is 0: 1 or more",
        "play out --port=-1, there is no port -1",
        "serve --port=65536, there is no port 65536",
        "up --port=-1, there is no port -1",
        "up --concurrency=0, --concurrency is 0: 1 to",
        "list --size=0, --size 1 to 1000",
        "list --page=-1, --page is 0 or more",
        "submit --input=a.mp4 --wait --timeout=-5s, '-5s' is not a time",
        "submit --input=s3://media/a.mp4 --crf=-1, crf must be 0 to 51: -1",
        "plan pom.xml --crf=52, crf must be 0 to 51: 52",
        "plan pom.xml --max-fps=0, max fps must be 1 to 120: 0",
        "run pom.xml --segment-seconds=-4, 'segment seconds must be 2, 4, 6, 8 or 10: -4'",
        "run pom.xml --ladder=-720p:4M:128k, rung '-720p:4M:128k' does not start with a height",
        "run pom.xml --ladder=720p:-4M:128k, -4M",
        "run pom.xml --ladder=720p:4M:0, 'bitrate must be 1 to 1000000000 bit/s: 0'"
    })
    void aNumberThatIsOutOfRangeIsAUsageErrorWhateverTheCommand(String line, String sentence) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: ").contains(sentence);
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

    /** What follows the options is printed as it stands; and a command without it would get the examples of all. */
    @Test
    void theExamplesOfEachCommandAreItsOwnAndFitATerminal() {
        CommandLine all = Main.commandLine(new TestConnections(Map.of()));
        String[] common = all.getCommandSpec().usageMessage().footer();
        assertThat(common).allMatch(line -> line.length() <= 80);
        for (CommandLine command : all.getSubcommands().values()) {
            String[] footer = command.getCommandSpec().usageMessage().footer();

            assertThat(footer).as(command.getCommandName()).isNotEmpty().isNotEqualTo(common);
            assertThat(footer).allMatch(line -> line.length() <= 80);
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
