package dev.transcode.worker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alerts ask only for metrics that there are; MetricsIT and ApiMetricsTest hold the docs to the code. */
class ObservabilityFilesTest {
    private static final Path FOLDER = Path.of("..", "docs", "deploy", "observability");
    private static final Pattern METRIC = Pattern.compile("\\btranscode_[a-z_]+");

    @Test
    void theDashboardsMetricsAreInTheDocs() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonObject panel : panels()) {
            if (panel.has("targets")) {
                panel.getAsJsonArray("targets")
                        .forEach(target -> expressions.add(
                                target.getAsJsonObject().get("expr").getAsString()));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(unknown(String.join("\n", expressions))).isEmpty();
    }

    @Test
    void itsPanelsHaveATitleAndAPlaceOfTheirOwn() throws IOException {
        Set<String> cells = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonObject panel : panels()) {
            String title = panel.get("title").getAsString();
            assertThat(title).isNotEmpty();
            assertThat(ids.add(panel.get("id").getAsInt())).as("id of " + title).isTrue();
            JsonObject place = panel.getAsJsonObject("gridPos");
            int left = place.get("x").getAsInt();
            int right = left + place.get("w").getAsInt();
            assertThat(right).as(title).isLessThanOrEqualTo(24);
            for (int x = left; x < right; x++) {
                for (int y = 0; y < place.get("h").getAsInt(); y++) {
                    assertThat(cells.add(x + " " + (place.get("y").getAsInt() + y)))
                            .as(title + " covers another panel")
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theAlertsMetricsAreInTheDocsAndEachSaysWhatToDo() throws IOException {
        Set<String> names = new HashSet<>();
        for (Map<?, ?> rule : rules()) {
            assertThat(rule.get("expr").toString()).as("" + rule.get("alert")).isNotEmpty();
            assertThat(unknown(rule.get("expr").toString())).isEmpty();
            assertThat(names.add(rule.get("alert").toString())).isTrue();
            assertThat(((Map<?, ?>) rule.get("labels")).get("severity")).isIn("page", "warn", "info");
            Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
            assertThat(annotations.get("summary").toString()).isNotEmpty();
            assertThat(annotations.get("action").toString()).isNotEmpty();
        }
        assertThat(names).hasSizeGreaterThan(8);
        String docs = Files.readString(Path.of("..", "docs", "observability.md"));
        names.forEach(name -> assertThat(docs).contains("`" + name + "`"));
    }

    /** Names in the text that no row of the docs gives: as it is, or as a part of a histogram or summary. */
    private static Set<String> unknown(String text) {
        Map<String, MetricsTable.Row> known = MetricsTable.read();
        Set<String> unknown = new TreeSet<>();
        METRIC.matcher(text).results().map(MatchResult::group).forEach(name -> {
            String family = name.replaceFirst("_(bucket|sum|count)$", "");
            boolean part = !family.equals(name)
                    && known.containsKey(family)
                    && Set.of("histogram", "summary").contains(known.get(family).type());
            if (!known.containsKey(name) && !part) {
                unknown.add(name);
            }
        });
        return unknown;
    }

    private static List<JsonObject> panels() throws IOException {
        JsonElement dashboard = JsonParser.parseString(Files.readString(FOLDER.resolve("dashboard.json")));
        List<JsonObject> panels = new ArrayList<>();
        dashboard.getAsJsonObject().getAsJsonArray("panels").forEach(panel -> panels.add(panel.getAsJsonObject()));
        return panels;
    }

    private static List<Map<?, ?>> rules() throws IOException {
        Map<String, List<Map<String, List<Map<?, ?>>>>> file =
                new Yaml().load(Files.readString(FOLDER.resolve("alerts.yml")));
        return file.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .toList();
    }
}
