package io.echogate.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The description of the API, and whether an answer is as it says. */
final class Described {
    static final String ROOT = "/-/api/v1/";

    final JsonObject document = read();
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> {});
    private final Map<String, Schema> schemas = new HashMap<>();

    /**
     * What was answered.
     *
     * @param headers by name in small letters
     */
    record Answer(int status, Map<String, String> headers, String body) {}

    /** One operation. */
    record Operation(String path, String method, JsonObject says) {
        List<JsonObject> parameters(Described in, String where) {
            return says.getJsonArray("parameters", new io.vertx.core.json.JsonArray()).stream()
                    .map(p -> in.resolved((JsonObject) p))
                    .filter(p -> p.getString("in").equals(where))
                    .toList();
        }

        boolean stream() {
            return says.containsKey("x-websocket");
        }
    }

    private static JsonObject read() {
        try (InputStream in = Described.class.getResourceAsStream("openapi.json")) {
            return new JsonObject(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    List<Operation> operations() {
        return document.getJsonObject("paths").stream()
                .flatMap(path -> ((JsonObject) path.getValue())
                        .stream().map(op -> new Operation(path.getKey(), op.getKey(), (JsonObject) op.getValue())))
                .toList();
    }

    Operation operation(String method, String path) {
        return operations().stream()
                .filter(o -> o.path().equals(path) && o.method().equals(method.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
    }

    JsonObject resolved(JsonObject said) {
        String ref = said.getString("$ref");
        if (ref == null) {
            return said;
        }
        JsonObject at = document;
        for (String step : ref.substring(2).split("/")) {
            at = Objects.requireNonNull(at.getJsonObject(step), ref);
        }
        return at;
    }

    /** Fails unless that status is described there, with that type of content, and the body and headers are as it says. */
    void holds(String method, String path, Answer answer) {
        String what = method + " " + path + " " + answer.status();
        JsonObject said = operation(method, path).says().getJsonObject("responses");
        assertThat(said.fieldNames()).as(what + ": " + answer.body()).contains("" + answer.status());
        JsonObject response = resolved(said.getJsonObject("" + answer.status()));
        JsonObject contents = response.getJsonObject("content");
        if (contents == null) {
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        String type = answer.headers().getOrDefault("content-type", "").split(";")[0];
        assertThat(contents.fieldNames()).as(what).contains(type);
        String json = type.equals("application/json") ? answer.body() : Json.encode(answer.body());
        assertThat(faults(contents.getJsonObject(type).getJsonObject("schema"), json))
                .as(what + ": " + answer.body())
                .isEmpty();
        for (Map.Entry<String, Object> header :
                response.getJsonObject("headers", new JsonObject()).getMap().entrySet()) {
            String given = answer.headers().get(header.getKey().toLowerCase(Locale.ROOT));
            assertThat(given).as(what + " " + header.getKey()).isNotNull();
            JsonObject schema = response.getJsonObject("headers")
                    .getJsonObject(header.getKey())
                    .getJsonObject("schema");
            assertThat(faults(schema, Json.encode(given))).as(what).isEmpty();
        }
    }

    List<String> faults(JsonObject schema, String json) {
        Schema compiled = schemas.computeIfAbsent(
                schema.encode(),
                text -> registry.getSchema(new JsonObject(text)
                        .put("components", document.getJsonObject("components"))
                        .encode()));
        return compiled.validate(json, InputFormat.JSON).stream()
                .map(fault -> fault.getInstanceLocation() + " " + fault)
                .toList();
    }

    List<String> faults(String schema, @Nullable JsonObject json) {
        return faults(
                new JsonObject().put("$ref", "#/components/schemas/" + schema), json == null ? "null" : json.encode());
    }
}
