package dev.quire.odata.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.odata.metadata.EdmKind;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.metadata.Uses;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PageParserTest {

  private static Field field(String path, DataType type) {
    return new Field(
        Column.of(path.replace('/', '.'), type),
        List.of(path.split("/")),
        EdmKind.STRUCTURE,
        Uses.ALL,
        Optional.empty(),
        false);
  }

  private static ParsedPage parse(String json, Charset charset, Field... fields)
      throws IOException {
    InputStream in = new ByteArrayInputStream(json.getBytes(charset));
    return PageParser.parse(
        in, "application/json", Protocol.V4, new RowPlan(List.of(fields)), false);
  }

  private static Object value(DataType type, String json) throws IOException {
    ParsedPage page =
        parse("{\"value\":[{\"v\":" + json + "}]}", StandardCharsets.UTF_8, field("v", type));
    return page.rows().get(0)[0];
  }

  private static void assertInvalid(DataType type, String json) {
    assertThatThrownBy(() -> value(type, json))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_VALUE))
        .hasMessageContaining(type.sqlName());
  }

  @Test
  void reads_moments_of_any_offset_and_precision() throws IOException {
    DataType type = DataType.TIMESTAMP_TZ;
    Instant moment = Instant.parse("2026-11-22T04:36:00Z");
    assertThat(value(type, "\"2026-11-22T04:36:00Z\"")).isEqualTo(moment);
    assertThat(value(type, "\"2026-11-22T13:36:00+09:00\"")).isEqualTo(moment);
    assertThat(value(type, "\"2026-11-21T22:36-06:00\"")).isEqualTo(moment);
    assertThat(value(type, "\"2026-11-22T04:36Z\"")).isEqualTo(moment);
    assertThat(value(type, "\"2026-11-22T04:36:00.5Z\"")).isEqualTo(moment.plusMillis(500));
    assertThat(value(type, "\"2026-11-22T04:36:00.123456789Z\""))
        .isEqualTo(moment.plusNanos(123456789));
    assertThat(value(type, "\"2026-11-22T04:36:00.123456789012Z\""))
        .isEqualTo(moment.plusNanos(123456789));
    assertThat(value(type, "\"0001-01-01T00:00:00Z\""))
        .isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
  }

  private static void assertMalformed(String json, Field... fields) {
    assertThatThrownBy(() -> parse(json, StandardCharsets.UTF_8, fields))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> assertThat(e.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(500));
  }

  @Test
  @Timeout(20)
  void nesting_without_end_is_refused() {
    String deep = "[".repeat(1_000_000);
    assertMalformed("{\"value\":[{\"other\":" + deep);
    assertMalformed("{\"value\":[{\"v\":" + deep, field("v", DataType.JSON));
    assertMalformed("{\"@odata.context\":" + deep);
    assertMalformed("{\"error\":{\"message\":" + deep);
  }

  @Test
  @Timeout(20)
  void a_number_that_would_fill_the_memory_is_refused() throws IOException {
    for (String number : List.of("1e999999999", "-1e999999999", "1e-999999999", "1e99999999999")) {
      assertInvalid(DataType.DECIMAL, number);
      assertInvalid(DataType.DECIMAL, '"' + number + '"');
      assertInvalid(DataType.BIGINT, number);
      assertThat(value(DataType.JSON, number)).isEqualTo(number);
    }
    String digits = "7".repeat(10_000_000);
    assertInvalid(DataType.DECIMAL, '"' + digits + '"');
    assertInvalid(DataType.DOUBLE, '"' + digits + '"');
    assertInvalid(DataType.UUID, '"' + digits + '"');
    assertMalformed("{\"value\":[{\"v\":" + digits + "}]}", field("v", DataType.DECIMAL));
    assertMalformed("{\"value\":[{\"v\":" + digits + "}]}", field("v", DataType.JSON));
  }

  @Test
  void a_uuid_is_one_only_in_its_own_form() {
    assertInvalid(DataType.UUID, "\"6f9619ff8-b86-d011-b42d-00c04fc964ff\"");
    assertInvalid(DataType.UUID, "\"6f9619ff-8b86-d011-b42d-00c04fc964fx\"");
  }

  @Test
  void what_a_service_sends_cannot_steer_a_terminal() {
    assertThatThrownBy(() -> value(DataType.BIGINT, "\"\\u001b[2Jx\""))
        .hasMessageContaining("[2Jx")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void refuses_what_is_no_moment() {
    assertInvalid(DataType.TIMESTAMP_TZ, "\"2026-11-22T04:36:00\"");
    assertInvalid(DataType.TIMESTAMP_TZ, "\"2026-13-22T04:36:00Z\"");
    assertInvalid(DataType.TIMESTAMP_TZ, "\"2026-11-22T04:36:0xZ\"");
    assertInvalid(DataType.TIMESTAMP_TZ, "1732250160");
    assertInvalid(DataType.TIMESTAMP_TZ, "{}");
  }

  @Test
  void reads_dates_times_identifiers_and_bytes() throws IOException {
    assertThat(value(DataType.DATE, "\"2026-11-22\"")).isEqualTo(LocalDate.of(2026, 11, 22));
    assertThat(value(DataType.TIME, "\"23:59:59.1234567\""))
        .isEqualTo(LocalTime.parse("23:59:59.1234567"));
    assertThat(value(DataType.UUID, "\"6F9619FF-8B86-D011-B42D-00C04FC964FF\""))
        .isEqualTo(UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff"));
    assertThat((byte[]) value(DataType.VARBINARY, "\"-_8\""))
        .isEqualTo(new byte[] {(byte) 0xfb, (byte) 0xff});
    assertThat((byte[]) value(DataType.VARBINARY, "\"+/8=\""))
        .isEqualTo(new byte[] {(byte) 0xfb, (byte) 0xff});
    assertInvalid(DataType.UUID, "\"1-1-1-1-1\"");
    assertInvalid(DataType.VARBINARY, "\"*\"");
    assertInvalid(DataType.BOOLEAN, "\"true\"");
    assertInvalid(DataType.INTEGER, "1.5");
    assertInvalid(DataType.VARCHAR, "{}");
    assertThat(value(DataType.INTEGER, "5.0")).isEqualTo(5);
  }

  @Test
  void keeps_structures_as_compact_json_with_their_own_digits() throws IOException {
    assertThat(value(DataType.JSON, "{ \"a\" : [ 1.10, 1E400, null, \"\\u00e9\\n\" ] }"))
        .isEqualTo("{\"a\":[1.10,1E400,null,\"é\\n\"]}");
    assertThat(value(DataType.JSON, "\"text\"")).isEqualTo("\"text\"");
    assertThat(value(DataType.JSON, "null")).isNull();
  }

  @Test
  void reads_every_unicode_encoding_and_a_byte_order_mark() throws IOException {
    for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32BE")) {
      for (String mark : List.of("", "\uFEFF")) {
        ParsedPage page =
            parse(
                mark + "{\"value\":[{\"v\":\"日本𝄞\"}]}",
                Charset.forName(charset),
                field("v", DataType.VARCHAR));
        assertThat(page.rows().get(0)).containsExactly("日本𝄞");
      }
    }
  }

  @Test
  void a_structure_that_is_no_object_is_an_error() {
    assertThatThrownBy(
            () ->
                parse(
                    "{\"value\":[{\"a\":5}]}",
                    StandardCharsets.UTF_8,
                    field("a/b", DataType.VARCHAR)))
        .hasMessageContaining("'a.b'");
  }

  @Test
  void reads_a_count_that_is_a_number_or_text() throws IOException {
    assertThat(parse("{\"@odata.count\":7,\"value\":[]}", StandardCharsets.UTF_8).count())
        .hasValue(7);
    assertThat(parse("{\"@count\":\"8\",\"value\":[]}", StandardCharsets.UTF_8).count())
        .hasValue(8);
    assertThat(parse("{\"@count\":\"x\",\"value\":[]}", StandardCharsets.UTF_8).count()).isEmpty();
  }

  @Test
  void passes_over_what_is_not_wanted_quickly() throws IOException {
    StringBuilder json = new StringBuilder("{\"value\":[");
    for (int i = 0; i < 20_000; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"@odata.etag\":\"W/1\",\"id\":")
          .append(i)
          .append(",\"name\":\"customer number ")
          .append(i)
          .append("\",\"revenue\":1234.50,\"created\":\"2026-11-22T04:36:00Z\",\"x\":{\"y\":[1]}}");
    }
    String page = json.append("]}").toString();
    Field[] wanted = {
      field("id", DataType.INTEGER),
      field("name", DataType.VARCHAR),
      field("revenue", DataType.DECIMAL),
      field("created", DataType.TIMESTAMP_TZ)
    };
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      long start = System.nanoTime();
      assertThat(parse(page, StandardCharsets.UTF_8, wanted).rows()).hasSize(20_000);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    double best = millis.stream().mapToDouble(each -> each).min().orElseThrow();
    System.out.printf(
        "page parser: %.2f M rows/s, %.0f MB/s%n", 20 / best, page.length() / best / 1e3);
  }
}
