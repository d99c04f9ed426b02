package dev.transcode.job;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of the wire contract, field by field. A field is found by its published name ({@code input_key}) or
 * the same in camel case ({@code inputKey}); null counts as missing. Every method throws
 * {@link IllegalArgumentException} with a sentence that names the field.
 */
record JsonFields(JsonObject json) {
    /** A string, or a number as written. */
    Optional<String> string(String field) {
        JsonPrimitive value = primitive(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isBoolean()) {
            throw new IllegalArgumentException(field + " is neither a string nor a number");
        }
        String text = value.getAsString();
        // Written out as UTF-8, half a surrogate pair would become a question mark, and name another object.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(field + " holds half a character");
        }
        return Optional.of(text);
    }

    OptionalInt integer(String field) {
        JsonPrimitive value = primitive(field);
        if (value == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(value.getAsBigDecimal().intValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(field + " is not a whole number", e);
        }
    }

    <E extends Enum<E>> Optional<E> word(Class<E> type, String field) {
        return string(field).map(word -> {
            try {
                return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(field + " has an unknown value: '" + word + "'", e);
            }
        });
    }

    /** Any value; null if it is missing. */
    @Nullable
    JsonElement element(String field) {
        JsonElement value = json.has(field) ? json.get(field) : json.get(camelCase(field));
        return value == null || value.isJsonNull() ? null : value;
    }

    static IllegalArgumentException missing(String field) {
        return new IllegalArgumentException(field + " is missing");
    }

    private @Nullable JsonPrimitive primitive(String field) {
        JsonElement value = element(field);
        if (value != null && !value.isJsonPrimitive()) {
            throw new IllegalArgumentException(field + " is neither a string nor a number");
        }
        return value == null ? null : value.getAsJsonPrimitive();
    }

    private static String camelCase(String field) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            name.append(c == '_' && i + 1 < field.length() ? Character.toUpperCase(field.charAt(++i)) : c);
        }
        return name.toString();
    }
}
