package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.job.FailureCode;
import dev.transcode.worker.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a user can meet in the code is in docs, and docs name nothing that is not in the code. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Path CLI = DOCS.resolve("cli.md");
    private static final String REFERENCE = "<!-- Below this line: made from the code, see DocumentationTest. -->";

    /** Where codes of our own are made, apart from {@link FailureCode}. */
    private static final Pattern CODE = Pattern.compile("(?:new ApiProblem\\(\\s*\\d{3},|new CommandException\\(\\s*"
            + "ExitCode\\.\\w+,|JobErrors\\.refused\\(|refuse\\(\\s*exchange,)\\s*\"([a-z_]+)\"");

    private static final Pattern READ =
            Pattern.compile("(?:getenv\\(|(?:env|getenv\\(\\))\\.get(?:OrDefault)?\\()\"([A-Z][A-Z_]+)\"");

    /** Names of ours or of the contract; a {@code _FILE} at the end belongs to a secret. */
    private static final Pattern VARIABLE = Pattern.compile(
            "\\b(?:TRANSCODE_[A-Z_]*[A-Z]|(?:LYVE|S3|AWS)_[A-Z0-9_]*[A-Z0-9]|(?:UPSTASH_)?REDIS_URL(?:_FILE)?|WEBHOOK_URL|QUEUE_NAME)\\b");

    /**
     * {@code ./mvnw -pl transcode-cli -am test -Dtest=DocumentationTest -Dtranscode.docs.write=true
     * -Dsurefire.failIfNoSpecifiedTests=false} writes the reference anew.
     */
    @Test
    void theReferenceOfTheCommandsIsThatOfTheCode() throws IOException {
        List<String> written = Files.readAllLines(CLI);
        int start = written.indexOf(REFERENCE);
        assertThat(start).as("the mark in " + CLI).isPositive();
        List<String> expected = new ArrayList<>(written.subList(0, start + 1));
        expected.add("");
        expected.addAll(CliReference.lines());
        expected.remove(expected.size() - 1);
        if (Boolean.getBoolean("transcode.docs.write")) {
            Files.write(CLI, expected);
        }

        assertThat(Files.readAllLines(CLI)).containsExactlyElementsOf(expected);
    }

    @Test
    void everyErrorCodeHasItsSectionInTroubleshooting() throws IOException {
        Set<String> codes = new TreeSet<>(matches(CODE, sources("transcode-cli")));
        for (FailureCode code : FailureCode.values()) {
            codes.add(code.wire());
        }
        Set<String> sections = new TreeSet<>();
        for (String line : Files.readAllLines(DOCS.resolve("troubleshooting.md"))) {
            if (line.startsWith("## `")) {
                assertThat(sections.add(line.replaceAll("[#` ]", "")))
                        .as("twice: " + line)
                        .isTrue();
            }
        }

        assertThat(sections).containsExactlyElementsOf(codes);
    }

    @Test
    void everyVariableThatIsReadIsDocumented() throws IOException {
        String docs = text(documents());
        Set<String> read = new TreeSet<>();
        for (String module : List.of("transcode-core", "transcode-worker", "transcode-cli")) {
            read.addAll(matches(READ, sources(module)));
        }
        for (Setting setting : Setting.values()) {
            read.addAll(setting.names());
        }

        assertThat(read).contains("NO_COLOR", "XDG_CACHE_HOME", "TRANSCODE_LEASE");
        assertThat(read).filteredOn(name -> !docs.contains(name)).isEmpty();
    }

    @Test
    void everyVariableInTheDocumentsIsASetting() throws IOException {
        Set<String> known = new TreeSet<>(Set.of("TRANSCODE_IT", "TRANSCODE_IT_S3")); // of the tests
        for (Setting setting : Setting.values()) {
            for (String name : setting.names()) {
                known.add(name);
                if (setting.isSecret()) {
                    known.add(name + "_FILE");
                }
            }
        }

        for (Path document : documents()) {
            assertThat(matches(VARIABLE, List.of(document)))
                    .as(document.toString())
                    .filteredOn(name -> !known.contains(name))
                    .isEmpty();
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(DOCS)) {
            return Stream.concat(docs, Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")))
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> sources(String module) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            return files.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }

    /** What the pattern's first group, or all of it, matches. */
    private static Set<String> matches(Pattern pattern, List<Path> files) {
        Set<String> found = new TreeSet<>();
        for (Path file : files) {
            Matcher matcher = pattern.matcher(text(List.of(file)));
            while (matcher.find()) {
                found.add(matcher.groupCount() == 0 ? matcher.group() : matcher.group(1));
            }
        }
        return found;
    }

    private static String text(List<Path> files) {
        return files.stream()
                .map(file -> {
                    try {
                        return Files.readString(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.joining("\n"));
    }
}
