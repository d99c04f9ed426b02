package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the guides show is what the tests run, and their links lead somewhere. */
class GuidesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    /** By the language of the block. {@link SiteExamplesIT} runs them. */
    private static final Map<String, List<String>> SITES = Map.of(
            "python", List.of("site/site.py"), "js", List.of("site/site.mjs"), "java", List.of("site/Site.java"));

    /** {@link EmbeddingExamplesIT} compiles and runs them. */
    private static final Map<String, List<String>> PROJECT = Map.of(
            "xml",
            List.of("embedding/pom.xml"),
            "java",
            List.of(
                    "embedding/src/main/java/example/OneJob.java",
                    "embedding/src/main/java/example/Submit.java",
                    "embedding/src/main/java/example/Serve.java",
                    "embedding/src/test/java/example/MyStorageTest.java"));

    @Test
    void theIntegrationGuideShowsPartsOfTheSites() throws IOException {
        assertShowsPartsOf("integration.md", SITES);
    }

    @Test
    void theEmbeddingGuideShowsPartsOfTheProject() throws IOException {
        assertShowsPartsOf("embedding.md", PROJECT);
    }

    /** But for indentation: each block in one of these languages is in one of the files, and each file is shown. */
    private static void assertShowsPartsOf(String guide, Map<String, List<String>> files) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(DOCS.resolve(guide)));
        Set<String> shown = new TreeSet<>();
        while (block.find()) {
            String lines = unindented(block.group(2));
            List<String> candidates = files.getOrDefault(block.group(1), List.of());
            for (String file : candidates) {
                if (unindented(Files.readString(DOCS.resolve("examples").resolve(file)))
                        .contains(lines)) {
                    shown.add(file);
                    candidates = List.of();
                }
            }
            assertThat(candidates)
                    .as("has these lines of " + guide + ": " + lines)
                    .isEmpty();
        }

        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        files.values().stream().flatMap(List::stream).toList());
    }

    private static String unindented(String text) {
        return text.replaceAll("(?m)^ +", "");
    }

    /** What is published of the parent, made by the flatten plugin in each build. */
    @Test
    void theParentIsABillOfMaterials() throws IOException {
        String parent = Files.readString(ROOT.resolve(".flattened-pom.xml"));

        assertThat(parent)
                .contains("<dependencyManagement>", "<type>test-jar</type>")
                .contains("<artifactId>transcode-core</artifactId>", "<artifactId>transcode-worker</artifactId>")
                .doesNotContain("${");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(1);
                if (!target.startsWith("http")) {
                    assertThat(leadsSomewhere(document, target))
                            .as(document + " links to " + target)
                            .isTrue();
                }
            }
        }
    }

    private static boolean leadsSomewhere(Path document, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path file) throws IOException {
        Set<String> anchors = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
            if (line.matches("#+ .*")) {
                String words = line.replaceFirst("#+ ", "").strip().toLowerCase(Locale.ROOT);
                anchors.add(words.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'));
            }
        }
        return anchors;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(DOCS)) {
            return Stream.concat(docs, Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")))
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
