package dev.transcode.worker.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of metrics in docs/observability.md. */
public final class MetricsTable {
    private static final Path DOC = Path.of("..", "docs", "observability.md");
    private static final Pattern ROW = Pattern.compile(
            "\\| `(transcode_[a-z_]+)` \\| (counter|gauge|histogram|summary) \\|([^|]*)\\| ([^|]+) \\| .+ \\|");

    private MetricsTable() {}

    /** @param type {@code counter}, {@code gauge}, {@code histogram} or {@code summary} */
    public record Row(String name, String type, String labels, String of) {}

    /** All rows by the metric's name. */
    public static Map<String, Row> read() {
        Map<String, Row> rows = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(DOC)) {
                Matcher matcher = ROW.matcher(line);
                if (matcher.matches()) {
                    rows.put(
                            matcher.group(1),
                            new Row(
                                    matcher.group(1),
                                    matcher.group(2),
                                    matcher.group(3).strip(),
                                    matcher.group(4)));
                } else if (line.startsWith("| `transcode_")) {
                    throw new IllegalStateException("cannot read this row of " + DOC + ": " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** Types by name of what {@code program} answers: worker or API. */
    public static Map<String, String> of(String program) {
        Map<String, String> types = new TreeMap<>();
        read().values().stream()
                .filter(row -> row.of().contains(program))
                .forEach(row -> types.put(row.name(), row.type()));
        return types;
    }
}
