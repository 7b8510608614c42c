package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.rest.openapi.OpenApi;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.SpecReader;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Specs that are made of documents, read by the connector's own reader. */
class OpenApiTest {
  @TempDir Path folder;

  private static final String HEAD =
      """
      openapi: 3.0.3
      info: {title: Things, version: "1"}
      servers: [{url: "{scheme}://api.example.com/v2", variables: {scheme: {default: https}}}]
      """;

  private static final String THING =
      """
      components:
        securitySchemes:
          token: {type: http, scheme: bearer}
          key: {type: apiKey, in: header, name: X-Key}
        headers:
          Link: {schema: {type: string}}
        schemas:
          Base: {type: object, required: [id], properties: {id: {type: integer}, made: {type: string, format: date-time}}}
          Thing:
            allOf:
              - $ref: '#/components/schemas/Base'
              - type: object
                properties:
                  state: {type: string, enum: [open, closed]}
                  price: {type: number}
                  weight: {type: number, format: double}
                  count: {type: integer, format: int32}
                  due: {type: string, format: date}
                  code: {type: string, format: uuid}
                  note: {type: string, nullable: true}
                  ok: {type: boolean}
                  tags: {type: array, items: {type: string}}
                  owner: {type: object, properties: {login: {type: string}, boss: {$ref: '#/components/schemas/Thing'}}}
                  either: {oneOf: [{type: string}, {type: integer}]}
      """;

  private static List<TableSpec> tables(String paths) {
    return SpecReader.parse("api.yaml", OpenApi.spec("things.yaml", HEAD + paths + THING)).tables();
  }

  private static TableSpec table(String paths) {
    List<TableSpec> tables = tables(paths);
    assertThat(tables).hasSize(1);
    return tables.get(0);
  }

  private static String list(String parameters, String properties) {
    return """
        paths:
          /things:
            get:
              parameters: [%s]
              responses:
                200: {content: {application/json: {schema: {type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Thing'}}%s}}}}}
        """
        .formatted(parameters, properties);
  }

  private static String parameter(String name, String schema) {
    return "{name: '" + name + "', in: query, schema: {" + schema + "}}";
  }

  @Test
  void columns_come_from_schemas_and_their_parts() {
    TableSpec table = table(list("", ""));

    Map<String, String> types =
        table.columns().stream()
            .collect(
                Collectors.toMap(
                    each -> each.name() + " " + each.path(),
                    each -> each.column().type().toString()));
    assertThat(types.keySet()).contains("owner.login /owner/login", "owner.boss /owner/boss");
    String spec = OpenApi.spec("things.yaml", HEAD + list("", "") + THING);
    assertThat(spec)
        .contains(
            "id: bigint", "made: timestamptz", "price: decimal", "weight: double", "count: integer")
        .contains("due: date", "code: uuid", "note: string", "ok: boolean", "tags: json")
        .contains("\"owner.login\": {type: string", "\"owner.boss\": {type: json")
        .contains("either: string", "key: id", "url: \"https://api.example.com/v2\"")
        .contains("auth: {type: bearer, token: \"${env:TOKEN}\"}")
        .contains("auth: {type: api_key, in: header, name: \"X-Key\"");
  }

  @Test
  void paging_comes_from_parameters_and_members() {
    String page = parameter("page", "type: integer, default: 0");
    String offset = parameter("offset", "type: integer");
    String cursor = parameter("cursor", "type: string");
    String after = parameter("starting_after", "type: string");
    Map<String, Class<? extends PagingSpec>> cases =
        Map.of(
            list(page, ", total_pages: {type: integer}"), PagingSpec.Count.class,
            list(offset, ", total: {type: integer}"), PagingSpec.Count.class,
            list(cursor, ", next_cursor: {type: string}"), PagingSpec.Token.class,
            list(after, ", has_more: {type: boolean}"), PagingSpec.Keyset.class,
            list("", ", next: {type: string, format: uri}"), PagingSpec.NextUrl.class,
            list("", ""), PagingSpec.None.class);

    cases.forEach((paths, style) -> assertThat(table(paths).paging()).isInstanceOf(style));
    assertThat(OpenApi.spec("t", HEAD + list(page, ", total_pages: {type: integer}") + THING))
        .contains("{style: page, parameter: page, start: 0, pages: /total_pages}");
    assertThat(OpenApi.spec("t", HEAD + list("", "") + THING))
        .contains("# Unsure: the document does not say how this list pages");
  }

  @Test
  void page_sizes_have_the_bounds_of_the_document() {
    String maximum = parameter("limit", "type: integer, maximum: 250, default: 20");
    String words =
        "{name: per_page, in: query, description: 'Results per page (max 100)', schema: {type:"
            + " integer, default: 30}}";

    assertThat(table(list(maximum, "")).pageSize().orElseThrow().most()).hasValue(250);
    assertThat(table(list(words, "")).pageSize().orElseThrow().usual()).hasValue(100);
  }

  @Test
  void path_parameters_must_be_given_and_do_not_mix_with_the_rows_own() {
    String paths =
        """
        paths:
          /owners/{id}/things/{thing-kind}:
            parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
            get:
              parameters: [{name: thing-kind, in: path, required: true, schema: {type: string}}]
              responses:
                '200':
                  headers: {Link: {$ref: '#/components/headers/Link'}}
                  content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}
        """;

    TableSpec table = table(paths);

    assertThat(table.request().path()).isEqualTo("/owners/{owner_id}/things/{thing_kind}");
    assertThat(table.requireColumn("owner_id").given()).isTrue();
    assertThat(table.requireColumn("id").given()).isFalse();
    assertThat(table.paging()).isEqualTo(new PagingSpec.LinkHeader("next"));
  }

  @Test
  void parameters_that_are_columns_are_filters_and_required_ones_must_be_given() {
    String state = parameter("state", "type: string");
    String made = parameter("made", "type: string, format: date-time");
    String region = "{name: region, in: query, required: true, schema: {type: string}}";
    String version =
        "{name: X-Version, in: header, required: true, schema: {type: string, enum: ['2']}}";
    String paths = list(String.join(", ", state, made, region, version), "");

    TableSpec table = table(paths);

    assertThat(table.filters())
        .extracting(filter -> filter.column())
        .containsExactly("state", "region");
    assertThat(table.requireColumn("region").given()).isTrue();
    assertThat(table.request().headers()).containsEntry("X-Version", "2");
    assertThat(OpenApi.spec("t", HEAD + paths + THING))
        .contains("# Parameters that are no column: made");
  }

  @Test
  void one_thing_with_a_list_in_it_is_no_list() {
    String paths =
        list("", "")
            + """
              /things/{id}:
                get:
                  responses:
                    200: {content: {application/json: {schema: {type: object, properties: {id: {type: integer}, parts: {type: array, items: {type: object}}}}}}}
            """;

    assertThat(tables(paths)).hasSize(1);
  }

  @Test
  void tables_have_names_that_differ() {
    String answer =
        "{get: {responses: {200: {content: {application/json: {schema: {type: array, items: {type:"
            + " string}}}}}}}}\n";
    String paths =
        "paths:\n  /repos: %1$s  /users/{u}/repos: %1$s  /orgs/{o}/repos: %1$s  /orgs/{o}/teams: %1$s"
            .formatted(answer);

    assertThat(tables(paths))
        .extracting(table -> table.name().name())
        .containsExactly("repos", "users_repos", "orgs_repos", "teams");
  }

  @Test
  void what_is_made_reads_the_api() {
    String paths = list(parameter("cursor", "type: string"), ", next_cursor: {type: string}");
    String spec =
        OpenApi.spec("things.yaml", HEAD + paths + THING).replaceFirst("url: .*", "url: URL");
    try (Api api =
        new Api(
            folder,
            spec,
            request ->
                Reply.json(
                    request.parameter("cursor").isPresent()
                        ? "{\"items\":[{\"id\":2,\"owner\":{\"login\":\"b\"}}]}"
                        : "{\"items\":[{\"id\":1,\"owner\":null}],\"next_cursor\":\"x\"}"))) {
      assertThat(api.read("things", List.of("id", "owner.login"), new Expression[0]))
          .containsExactly(List.of("1", "null"), List.of("2", "b"));
    }
  }

  @Test
  void wrong_documents_are_refused_with_their_place() {
    refused("{\"openapi\": \"3.0.0\",\n \"paths\": ", "doc:2:", "bad JSON");
    refused("openapi: 3.0.0\npaths: {a", "doc:2:", "bad YAML");
    refused("swagger: '2.0'\npaths: {}", "doc: #: this is Swagger 2.0");
    refused("a: b", "it lacks 'openapi'");
    refused("[1]", "it lacks 'openapi'");
    refused("openapi: 4.0.0\npaths: {}", "OpenAPI 4.0.0 is not read");
    refused("openapi: 3.1.0\ninfo: {}", "doc: #: 'paths' is missing");
    refused("openapi: 3.1.0\npaths: []", "doc: #/paths: this must be an object");
    refused("openapi: 3.1.0\npaths: {/a: {}}", "none of the 1 paths has a GET");
    refused(
        "openapi: 3.1.0\npaths: {/a: {get: {$ref: '#/nowhere'}}}",
        "doc: #/paths/~1a/get: $ref '#/nowhere' leads nowhere");
    refused(
        "openapi: 3.1.0\npaths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}",
        "leads in a circle");
  }

  private static void refused(String text, String... said) {
    assertThatThrownBy(() -> OpenApi.spec("doc", text))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .message()
        .contains(said);
  }

  @Test
  void references_to_other_files_are_left_alone() {
    String paths = list("", ", more: {$ref: 'other.yaml#/x'}");

    assertThat(table(paths).columns()).isNotEmpty();
  }
}
