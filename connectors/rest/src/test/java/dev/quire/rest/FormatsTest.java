package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not JSON: their rows, and what is no whole body. */
class FormatsTest {
  @TempDir Path folder;

  private Api api(String table, Reply answer) {
    return new Api(
        folder,
        """
        url: URL
        tables:
          items:
            path: /items
        """
            + table.indent(4),
        request -> answer);
  }

  private static Reply typed(String type, String text) {
    return Reply.status(200).withBody(text).withHeader("Content-Type", type);
  }

  private static Reply csv(String text) {
    return typed("text/csv; charset=utf-8", text);
  }

  private static final String THREE = "columns: {id: integer, name: string, at: date}\n";

  private List<List<String>> read(String table, Reply answer) {
    try (Api api = api(table, answer)) {
      return api.read("items", List.of("id", "name", "at"));
    }
  }

  private void assertFault(String table, Reply answer, String... words) {
    try (Api api = api(table, answer)) {
      assertThatThrownBy(() -> api.read("items", List.of("id", "name", "at")))
          .isInstanceOfSatisfying(
              SourceException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE))
          .hasMessageContainingAll(words);
    }
  }

  @Test
  void csv_is_read_by_the_names_of_its_header() {
    String text =
        "\uFEFFname,id,other,at\r\n"
            + "\"a \"\"b\"\", c\r\nd\",1,x,2026-01-02\r\n"
            + "\"\",2,,\r\n"
            + ",3,y,2026-01-03\r\n";

    assertThat(read("format: csv\n" + THREE, csv(text)))
        .containsExactly(
            List.of("1", "a \"b\", c\r\nd", "2026-01-02"),
            List.of("2", "", "null"),
            List.of("3", "null", "2026-01-03"));
  }

  @Test
  void csv_without_a_header_is_read_in_the_columns_order() {
    assertThat(
            read(
                "format: {type: csv, header: false, delimiter: \"\\t\"}\n" + THREE,
                csv("1\ta, b\t2026-01-02\n2\tc\t\n")))
        .containsExactly(List.of("1", "a, b", "2026-01-02"), List.of("2", "c", "null"));
  }

  @Test
  void csv_is_asked_for_and_read_in_its_character_set() {
    byte[] bytes = "id,name,at\n1,é,\n".getBytes(StandardCharsets.ISO_8859_1);
    Reply latin = typed("text/csv; charset=ISO-8859-1", "").withBody(bytes);
    assertThat(read("format: csv\n" + THREE, latin)).containsExactly(List.of("1", "é", "null"));
    assertFault(
        "format: csv\n" + THREE, typed("text/csv", "").withBody(bytes), "not valid Unicode");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id,name,at;1,a;                       | record 2 of the CSV has 2 fields
          id,name,at;1,a,2026-01-01;2,b,2026-01 | record 3 of the CSV is the last and has no line break
          id,name,at;1,"a,2026-01-01;           | record 2 of the CSV is cut off
          id,name,at;1,a"b,2026-01-01;          | a quote in a field
          id,name,at;1,"a"b,2026-01-01;         | after a closing quote
          id,nam,at;1,a,2026-01-01;             | has no field 'name', but id, nam, at
          id,id,name,at;1,1,a,2026-01-01;       | names the field 'id' twice
          <!DOCTYPE html><p>log in;             | not CSV but text/csv
          """)
  void what_is_no_whole_csv_is_an_error(String text, String problem) {
    String body = text.replace(';', '\n').replace("log in\n", "log in");
    assertFault("format: csv\n" + THREE, csv(body), problem);
  }

  @Test
  void csv_may_end_openly_where_the_spec_says_so() {
    assertThat(read("format: {type: csv, open_end: true}\n" + THREE, csv("id,name,at\n1,a,\n2,b,")))
        .hasSize(2);
  }

  @Test
  void an_empty_csv_has_its_header() {
    assertThat(read("format: csv\n" + THREE, csv("id,name,at\n"))).isEmpty();
    assertFault("format: csv\n" + THREE, csv(""), "no body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl"})
  void records_whose_end_nothing_tells_are_an_error(String format) {
    Reply open = csv(format.equals("csv") ? "id,name,at\n1,a,\n" : "{\"id\":1}\n").untilClose();
    assertFault("format: " + format + "\n" + THREE, open, "nothing tells where the answer ends");
  }

  @Test
  void json_lines_are_rows() {
    Reply lines =
        typed(
            "application/x-ndjson",
            "{\"id\":1,\"name\":\"a\"}\n\n{\"id\":2,\"at\":\"2026-01-02\"}");
    assertThat(read("format: jsonl\n" + THREE, lines))
        .containsExactly(List.of("1", "a", "null"), List.of("2", "null", "2026-01-02"));
    assertThat(read("format: jsonl\n" + THREE, lines.withBody(""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id":1};{"id":  | cut off
          {"id":1};{"id"x  | not valid JSON
          <html>log in     | not JSON
          ''               | no body
          """)
  void what_is_no_whole_list_of_lines_is_an_error(String text, String problem) {
    assertFault("format: jsonl\n" + THREE, Reply.text(text.replace(';', '\n')), problem);
  }

  @Test
  void a_line_that_is_an_error_is_one() {
    String spec = "format: jsonl\nerrors: {when: /error, message: /error}\n" + THREE;
    try (Api api = api(spec, Reply.text("{\"id\":1}\n{\"error\":\"shard lost\"}\n"))) {
      assertThatThrownBy(() -> api.read("items", List.of("id"))).hasMessageContaining("shard lost");
    }
  }

  @Test
  void xml_elements_are_rows_with_their_attributes_and_lists() {
    String spec =
        """
        format: xml
        rows: /feed/entries/entry
        columns:
          id: {type: integer, path: /@id}
          name: string
          at: {type: json, path: /tag}
        paging: {style: token, from: /feed/next, parameter: after}
        """;
    String first =
        """
        <?xml version="1.0"?>
        <feed xmlns="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><!-- c -->
          <entries total="3">
            <entry id="1"><name>a &amp; b</name><tag>x</tag><tag>y</tag></entry>
            <note>between</note>
            <entry id="2"><name xsi:nil="true"/><tag>z</tag></entry>
          </entries>
          <next>%s</next>
        </feed>
        """;
    try (Api api =
        new Api(
            folder,
            "url: URL\ntables:\n  items:\n    path: /items\n" + spec.indent(4),
            request ->
                Reply.text(
                        request.parameter("after").isPresent()
                            ? "<feed><entries><entry id='3'><name/></entry></entries><next/></feed>"
                            : first.formatted("t2"))
                    .withHeader("Content-Type", "application/xml"))) {
      assertThat(api.read("items", List.of("id", "name", "at")))
          .containsExactly(
              List.of("1", "a & b", "[\"x\",\"y\"]"),
              List.of("2", "null", "\"z\""),
              List.of("3", "", "null"));
      assertThat(api.requests()).containsExactly("GET /items", "GET /items?after=t2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <feed><entry><id>1</id></entry>                                | cut off or no valid XML
          <feed><entry><id>1</id></entry></feed><feed/>                  | no valid XML
          <error><message>down</message></error>                         | XML without the rows, which should be at /feed/entry
          <html><body>log in</body></html>                               | not XML
          {"feed":[]}                                                    | not XML
          <!DOCTYPE feed [<!ENTITY a "b">]><feed><entry>&a;</entry></feed> | document type
          """)
  void what_is_no_whole_xml_is_an_error(String text, String problem) {
    assertFault("format: xml\nrows: /feed/entry\n" + THREE, Reply.text(text), problem);
  }

  @Test
  void xml_without_an_element_for_a_row_has_none() {
    assertThat(read("format: xml\nrows: /feed/entry\n" + THREE, Reply.text("<feed a='b'/>")))
        .isEmpty();
  }

  @Test
  void a_value_that_does_not_fit_is_an_error_in_every_format() {
    try (Api api = api("format: csv\n" + THREE, csv("id,name,at\n1.5,a,\n"))) {
      assertThatThrownBy(() -> api.read("items", List.of("id")))
          .hasMessageContaining("row 1 of the page has '1.5' in the column 'id'");
    }
  }
}
