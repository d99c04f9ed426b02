package dev.transcode.worker;

import dev.transcode.job.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of all {@link Setting}s in one environment. An empty variable counts as unset. Immutable. The typed getters
 * throw {@link SettingException}: it names the variable, its value (never a secret's) and what is accepted.
 */
public final class Settings {
    private static final String FILE = "_FILE";
    private static final long MAX_SECRET_FILE = 64 * 1024;
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|)");

    private static final String OURS = "TRANSCODE_";

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final Set<String> unknown = new TreeSet<>();

    private Settings() {}

    /** @param variable the name it was found under */
    private record Given(String variable, String value) {}

    /**
     * Reads {@code env}, and the files that {@code <NAME>_FILE} name there.
     *
     * @throws SettingException if such a file cannot be read
     */
    public static Settings of(Map<String, String> env) {
        Settings settings = new Settings();
        for (Setting setting : Setting.values()) {
            Given found = find(setting, env);
            if (found != null) {
                settings.given.put(setting, found);
            }
        }
        env.keySet().stream()
                .filter(name -> name.startsWith(OURS) && !isKnown(name))
                .forEach(settings.unknown::add);
        return settings;
    }

    /** The value or its default; empty if there is neither. */
    public Optional<String> text(Setting setting) {
        Given found = given.get(setting);
        return found == null ? setting.defaultText() : Optional.of(found.value());
    }

    /** @throws SettingException with a sentence that names all variables accepted */
    public String required(Setting setting) {
        return text(setting)
                .orElseThrow(() -> new SettingException(
                        "cannot start: " + setting.nameList() + " is not set: " + setting.description()));
    }

    /** The variable that decides; empty if the default holds. */
    public Optional<String> variable(Setting setting) {
        return Optional.ofNullable(given.get(setting)).map(Given::variable);
    }

    /** Variables of the environment that are called like ours and are no setting: misspelt, most likely. Sorted. */
    public List<String> unknownVariables() {
        return List.copyOf(unknown);
    }

    /** For people: a secret is masked, also one inside of an address; an unset one is empty. */
    public String shown(Setting setting) {
        return text(setting)
                .map(value -> setting.isSecret() ? masked(setting, value) : withoutSecrets(setting, value))
                .orElse("");
    }

    /** A whole number from {@code min} to {@code max}. */
    public long number(Setting setting, long min, long max) {
        String value = required(setting);
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw refuse(setting, "a whole number from " + min + " to " + max);
    }

    /** {@code 500ms}, {@code 30s} or {@code 30}, {@code 5m}, {@code 1h}. */
    public Duration duration(Setting setting, Duration min, Duration max) {
        Matcher matcher = DURATION.matcher(required(setting).toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofSeconds(count);
            };
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        }
        throw refuse(
                setting,
                "a time such as 500ms, 30s, 5m or 1h, from " + min.toSeconds() + "s to " + max.toSeconds() + "s");
    }

    /** {@code true} or {@code false}, also 1, 0, yes, no, on, off. */
    public boolean flag(Setting setting) {
        return switch (required(setting).toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw refuse(setting, "true or false");
        };
    }

    /** One of {@code words}, in any case. */
    public String word(Setting setting, List<String> words) {
        String value = required(setting).toLowerCase(Locale.ROOT);
        if (!words.contains(value)) {
            throw refuse(setting, "one of " + String.join(", ", words));
        }
        return value;
    }

    /** The parts between commas, without repetition; at least one. */
    public List<String> list(Setting setting) {
        Set<String> parts = new LinkedHashSet<>();
        for (String part : required(setting).split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        if (parts.isEmpty()) {
            throw refuse(setting, "one or several names separated by commas");
        }
        return new ArrayList<>(parts);
    }

    /** The lists of {@link Setting#QUEUE_NAME}; under {@code job:} stands nothing but the jobs' status. */
    public List<String> queues() {
        List<String> queues = list(Setting.QUEUE_NAME);
        for (String queue : queues) {
            if (queue.startsWith("job:") || queue.startsWith("transcode:")) {
                throw refuse(Setting.QUEUE_NAME, "a list of jobs: none may start with job: or transcode:");
            }
        }
        return queues;
    }

    /** An address as {@link WebhookUrl} reads it, if there is any. What is wrong is said without it: it may hold a token. */
    public Optional<URI> webAddress(Setting setting) {
        return text(setting).map(value -> {
            try {
                return setting == Setting.PUBLIC_BASE_URL ? WebhookUrl.parseBase(value) : WebhookUrl.parse(value);
            } catch (IllegalArgumentException e) {
                throw new SettingException(
                        "cannot use " + variable(setting).orElse(setting.names().get(0)) + ": it " + e.getMessage());
            }
        });
    }

    /** A path, if there is any. */
    public Optional<Path> path(Setting setting) {
        return text(setting).map(value -> {
            try {
                return Path.of(value);
            } catch (InvalidPathException e) {
                throw refuse(setting, "a path");
            }
        });
    }

    /** That what was given cannot be used. */
    SettingException refuse(Setting setting, String accepted) {
        return new SettingException("cannot use "
                + variable(setting).orElse(setting.names().get(0)) + "=" + shown(setting) + ": it is not " + accepted);
    }

    /** All that was given, secrets masked. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("settings");
        given.forEach((setting, found) ->
                text.append(' ').append(found.variable()).append('=').append(shown(setting)));
        return text.toString();
    }

    private static boolean isKnown(String variable) {
        for (Setting setting : Setting.values()) {
            if (setting.names().contains(variable)
                    || (setting.isSecret()
                            && variable.endsWith(FILE)
                            && setting.names().contains(variable.substring(0, variable.length() - FILE.length())))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Given find(Setting setting, Map<String, String> env) {
        for (String name : setting.names()) {
            String value = env.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return new Given(name, value);
            }
            String file = setting.isSecret() ? env.getOrDefault(name + FILE, "").strip() : "";
            if (!file.isEmpty()) {
                return new Given(name + FILE, read(name + FILE, file));
            }
        }
        return null;
    }

    private static String read(String variable, String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_SECRET_FILE) {
                throw new SettingException("cannot use " + variable + "=" + file + ": the file is larger than 64 kB");
            }
            String value = Files.readString(path, StandardCharsets.UTF_8).strip();
            if (!value.isEmpty()) {
                return value;
            }
        } catch (IOException | InvalidPathException e) {
            throw new SettingException(
                    "cannot use " + variable + "=" + file + ": the file cannot be read (" + e + ")", e);
        }
        throw new SettingException("cannot use " + variable + "=" + file + ": the file is empty");
    }

    /** An address may hold a password, or a token in its query; that of a webhook also in its path. */
    private static String withoutSecrets(Setting setting, String value) {
        int scheme = value.indexOf("://");
        if (scheme < 0) {
            return value;
        }
        String shown = MaskingEncoder.masked(value);
        int query = shown.indexOf('?');
        String plain = query < 0 ? shown : shown.substring(0, query);
        return (setting == Setting.WEBHOOK_URL ? WebhookUrl.shown(plain) : plain) + (query < 0 ? "" : "?***");
    }

    /** Of an address the part that is no secret: scheme, host and path; of anything else nothing. */
    private static String masked(Setting setting, String value) {
        int scheme = value.indexOf("://");
        if (setting != Setting.REDIS_URL || scheme < 0) {
            return "***";
        }
        int at = value.lastIndexOf('@');
        String rest = value.substring(at < 0 ? scheme + 3 : at + 1);
        return value.substring(0, scheme + 3) + (at < 0 ? "" : "***@") + rest.split("[?#]", 2)[0];
    }
}
