package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script in a real bash, the manual pages in a real groff. */
class ManualIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ver              | verify
                    doctor --j       | --json
                    doctor --u       | --url
                    config s         | show
                    submit --in      | --input
                    completion z     | zsh
                    """)
    void bashCompletesCommandsAndOptions(String typed, String completed) throws Exception {
        need("bash");
        Path script = folder.resolve("transcode.bash");
        Files.writeString(script, CommandRun.of("completion", "bash").out());
        String[] words = typed.split(" ", -1);
        String test = "source " + script + "; COMP_WORDS=(transcode " + typed + "); COMP_CWORD=" + words.length
                + "; COMP_LINE='transcode " + typed
                + "'; COMP_POINT=${#COMP_LINE}; _complete_transcode; printf '%s\\n' \"${COMPREPLY[@]}\"";

        assertThat(run("bash", "--norc", "-c", test).lines().map(String::strip)).contains(completed);
    }

    @Test
    void everyCommandHasAPageThatGroffTakesWithoutAWarning() throws Exception {
        need("groff");
        CommandRun run = CommandRun.of("man", "-o", folder.toString());

        assertThat(run.code()).as(run.err()).isZero();
        List<Path> pages;
        try (Stream<Path> files = Files.list(folder.resolve("man1"))) {
            pages = files.sorted().toList();
        }
        assertThat(pages)
                .extracting(page -> page.getFileName().toString())
                .contains("transcode.1", "transcode-run.1", "transcode-config-show.1", "transcode-doctor.1");
        for (Path page : pages) {
            assertThat(run("groff", "-man", "-Tutf8", "-ww", "-z", page.toString()))
                    .as(page.toString())
                    .isEmpty();
        }
    }

    @Test
    void aPageSaysWhatTheHelpSays() throws Exception {
        need("groff");
        Path page = Files.writeString(
                folder.resolve("page.1"), CommandRun.of("man", "doctor").out());

        String shown = run("groff", "-man", "-Tascii", "-P-cbou", page.toString());

        assertThat(shown.replaceAll("\\s+", " "))
                .contains("transcode-doctor - checks this machine", "--url=URL", "transcode doctor --url https://")
                .contains("transcode(1)");
        assertThat(CommandRun.of("man").out()).contains(".SH ENVIRONMENT", "TRANSCODE_LEASE", "transcode\\-run(1)");
        assertThat(CommandRun.of("man", "nonsense").code()).isEqualTo(2);
    }

    private static void need(String program) {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        assumeTrue(there || "required".equals(System.getenv("TRANSCODE_IT")), program + " is not here");
    }

    /** What a program prints, on both streams. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.format(Locale.ROOT, "%s: %s", command[0], out))
                .isZero();
        return out;
    }
}
