package dev.transcode.cli.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** Whether {@code openapi.yaml} declares what the server really answers: status, content type and body. */
final class Declared {
    private static final JsonObject DOCUMENT = read();

    private Declared() {}

    /** Fails if the answer is not as declared. */
    static void check(String method, String path, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        if (type.isEmpty() && answer.statusCode() == 400) {
            return; // The server's own, for what is no HTTP.
        }
        @Nullable JsonObject operation = operation(method, path.split("\\?", 2)[0]);
        if (operation == null) {
            // Nothing is declared there: a problem says so.
            assertThat(answer.statusCode()).as(method + " " + path).isIn(403, 404, 405);
            assertThat(errors(ref("Problem"), answer.body())).isEmpty();
            return;
        }
        String where = method + " " + path + " -> " + answer.statusCode();
        @Nullable
        JsonElement response = operation.getAsJsonObject("responses").get(Integer.toString(answer.statusCode()));
        assertThat(response).as(where + " is declared").isNotNull();
        @Nullable JsonObject content = resolve(response.getAsJsonObject()).getAsJsonObject("content");
        if (content == null || method.equals("HEAD") || content.has("*/*")) {
            return;
        }
        assertThat(content.keySet()).as(where + " declares its content type").contains(type);
        @Nullable JsonElement schema = content.getAsJsonObject(type).get("schema");
        if (schema != null && type.endsWith("json")) {
            assertThat(errors(schema, answer.body()))
                    .as(where + "\n" + answer.body())
                    .isEmpty();
        }
    }

    /** {@code GET /healthz} and so on. */
    static Set<String> operations() {
        Set<String> all = new TreeSet<>();
        JsonObject paths = DOCUMENT.getAsJsonObject("paths");
        for (String path : paths.keySet()) {
            for (String method : paths.getAsJsonObject(path).keySet()) {
                all.add(method.toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return all;
    }

    static JsonElement ref(String schema) {
        JsonObject ref = new JsonObject();
        ref.addProperty("$ref", "#/components/schemas/" + schema);
        return ref;
    }

    /** What is wrong with a body; also a property that is not declared, where the schema does not allow others. */
    static List<String> errors(JsonElement schema, String body) {
        JsonObject root = strict(schema).getAsJsonObject();
        root.add("$defs", strict(DOCUMENT.getAsJsonObject("components").get("schemas")));
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new GsonNode.Factory())
                .createValidator();
        URI uri = URI.create("urn:test:schema");
        validator.registerSchema(uri, root);
        return validator.validate(uri, JsonParser.parseString(body)).getErrors().stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getError())
                .toList();
    }

    private static @Nullable JsonObject operation(String method, String path) {
        JsonObject paths = DOCUMENT.getAsJsonObject("paths");
        for (String template : paths.keySet()) {
            String pattern = template.replaceAll("\\{path}", ".+").replaceAll("\\{[^}]+}", "[^/]+");
            if (Pattern.matches(pattern, path)) {
                String name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
                return paths.getAsJsonObject(template).getAsJsonObject(name);
            }
        }
        return null;
    }

    private static JsonObject resolve(JsonObject response) {
        if (!response.has("$ref")) {
            return response;
        }
        String name = response.get("$ref").getAsString();
        return DOCUMENT.getAsJsonObject("components")
                .getAsJsonObject("responses")
                .getAsJsonObject(name.substring(name.lastIndexOf('/') + 1));
    }

    /** As a schema that stands alone and allows no more than it names. */
    private static JsonElement strict(JsonElement schema) {
        if (schema.isJsonArray()) {
            JsonArray array = new JsonArray();
            schema.getAsJsonArray().forEach(item -> array.add(strict(item)));
            return array;
        }
        if (!schema.isJsonObject()) {
            return schema.deepCopy();
        }
        JsonObject copy = new JsonObject();
        for (Map.Entry<String, JsonElement> entry : schema.getAsJsonObject().entrySet()) {
            boolean ref = entry.getKey().equals("$ref") && entry.getValue().isJsonPrimitive();
            copy.add(
                    entry.getKey(),
                    ref
                            ? new JsonPrimitive(
                                    entry.getValue().getAsString().replace("#/components/schemas/", "#/$defs/"))
                            : strict(entry.getValue()));
        }
        boolean object =
                copy.has("properties") && copy.has("type") && copy.get("type").isJsonPrimitive();
        if (object && !copy.has("additionalProperties")) {
            copy.addProperty("additionalProperties", false);
        }
        return copy;
    }

    private static JsonObject read() {
        try (InputStream in = ApiServer.class.getResourceAsStream("openapi.yaml")) {
            Object tree = new Yaml().load(in);
            return new Gson().toJsonTree(tree).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
