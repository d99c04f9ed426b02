package dev.transcode.worker.deploy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** JSON schemas beside this class, and what they have to say. README.md there tells where they come from. */
final class Schemas {
    private Schemas() {}

    /**
     * What is wrong with {@code value}, which YAML has read; also every field that the schema does not know.
     *
     * @param file e.g. {@code kubernetes.json}
     * @param definition of its {@code $defs}; empty for the whole file
     */
    static List<String> errors(String file, String definition, Object value) {
        JsonObject schema = read(file);
        if (!definition.isEmpty()) {
            if (!schema.getAsJsonObject("$defs").has(definition)) {
                return List.of("there is no schema of " + definition + " in " + file);
            }
            schema.addProperty("$ref", "#/$defs/" + definition);
        }
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new GsonNode.Factory())
                .createValidator();
        URI uri = URI.create("urn:test:" + file);
        validator.registerSchema(uri, schema);
        JsonElement json = new Gson().toJsonTree(value);
        return validator.validate(uri, json).getErrors().stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getError())
                .toList();
    }

    private static JsonObject read(String file) {
        try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream(file), file)) {
            return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
