package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/worker.md holds the table of settings: exactly what the code reads. */
class SettingsDocTest {
    private static final Path DOC = Path.of("..", "docs", "worker.md");

    @Test
    void theTableIsThatOfTheCode() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            expected.add(row(setting));
        }
        List<String> written = Files.readAllLines(DOC).stream()
                .dropWhile(line -> !line.startsWith("| names"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(written).containsExactlyElementsOf(expected);
    }

    private static String row(Setting setting) {
        String names = setting.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        String usual = setting.defaultText().map(text -> "`" + text + "`").orElse("");
        return "| " + names + " | " + usual + " | " + setting.description() + (setting.isSecret() ? " (secret)" : "")
                + " |";
    }
}
