package dev.transcode.worker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus would read: the text format 0.0.4, held to its rules and to those that {@code promtool check metrics}
 * has for names and units.
 *
 * @param types of the families, by name
 * @param samples all, by name and labels
 */
public record Exposition(Map<String, String> types, Map<String, Double> samples) {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\n\"])*)\",?");
    private static final List<String> NO_BASE_UNITS =
            List.of("_milliseconds", "_ms", "_minutes", "_hours", "_kilobytes", "_megabytes", "_mb", "_percent");

    /** Fails at what breaks a rule. */
    public static Exposition parse(String text) {
        Map<String, String> types = new TreeMap<>();
        Map<String, String> helps = new TreeMap<>();
        Map<String, Double> samples = new LinkedHashMap<>();
        List<String> closed = new ArrayList<>();
        String family = "";
        assertThat(text).endsWith("\n");
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
                String[] words = line.substring(7).split(" ", 2);
                (line.startsWith("# HELP ") ? helps : types).put(words[0], words.length == 2 ? words[1] : "");
                if (!words[0].equals(family)) {
                    closed.add(family);
                    family = words[0];
                    assertThat(closed).as("families stand together").doesNotContain(family);
                }
            } else if (!line.isEmpty()) {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(familyOf(sample.group(1), types)).as(line).isEqualTo(family);
                String labels = sample.group(2) == null ? "" : sample.group(2);
                assertThat(LABEL.matcher(labels).replaceAll("")).as(line).isEmpty();
                String name = sample.group(1) + "{" + labels + "}";
                assertThat(samples.put(name, number(sample.group(3))))
                        .as("once: " + line)
                        .isNull();
            }
        }
        types.forEach((name, type) -> check(name, type, helps, samples));
        return new Exposition(types, samples);
    }

    private static void check(String name, String type, Map<String, String> helps, Map<String, Double> samples) {
        assertThat(helps.getOrDefault(name, "").strip()).as("help of " + name).isNotEmpty();
        assertThat(name.endsWith("_total")).as(name + " is a " + type).isEqualTo(type.equals("counter"));
        NO_BASE_UNITS.forEach(unit -> assertThat(name).as("in base units").doesNotContain(unit));
        if (type.equals("histogram")) {
            double before = 0;
            String series = "";
            for (Map.Entry<String, Double> sample : samples.entrySet()) {
                if (sample.getKey().startsWith(name + "_bucket{")) {
                    String labels = sample.getKey().replaceAll(",?le=\"[^\"]*\"", "");
                    assertThat(sample.getValue())
                            .as(sample.getKey() + " is cumulative")
                            .isGreaterThanOrEqualTo(labels.equals(series) ? before : 0);
                    series = labels;
                    before = sample.getValue();
                }
            }
            assertThat(series).as("buckets of " + name).isNotEmpty();
        }
    }

    private static String familyOf(String sample, Map<String, String> types) {
        for (String end : List.of("_bucket", "_count", "_sum")) {
            String family = sample.endsWith(end) ? sample.substring(0, sample.length() - end.length()) : sample;
            if (List.of("histogram", "summary").contains(types.getOrDefault(family, ""))) {
                return family;
            }
        }
        return sample;
    }

    private static double number(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
