package dev.quire.odata.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.odata.metadata.EdmKind;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.metadata.Uses;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read straight from the bytes is what {@link PageParser} reads in them. */
class PageReaderTest {
  private static final int ROUNDS = 8_000;

  private static final List<Field> FIELDS =
      List.of(
          field("uuid", DataType.UUID),
          field("text", DataType.VARCHAR),
          field("short", DataType.SMALLINT),
          field("int", DataType.INTEGER),
          field("long", DataType.BIGINT),
          field("decimal", DataType.DECIMAL),
          field("real", DataType.REAL),
          field("double", DataType.DOUBLE),
          field("bool", DataType.BOOLEAN),
          field("bytes", DataType.VARBINARY),
          field("date", DataType.DATE),
          field("time", DataType.TIME),
          field("moment", DataType.TIMESTAMP_TZ),
          field("clock", DataType.TIMESTAMP),
          field("json", DataType.JSON),
          field("place/city", DataType.VARCHAR),
          field("place/area/size", DataType.DECIMAL));

  private static final List<String> NAMES =
      List.of(
          "uuid",
          "text",
          "short",
          "int",
          "long",
          "decimal",
          "real",
          "double",
          "bool",
          "bytes",
          "date",
          "time",
          "moment",
          "clock",
          "json",
          "place",
          "@odata.etag",
          "other",
          "é");

  /** Those of a place are of its column. */
  private static final List<List<String>> FITTING =
      List.of(
          List.of(
              "\"57fe1d72-b7c5-fea8-d2d3-c8ba19ad53c7\"",
              "\"57FE1D72-B7C5-FEA8-D2D3-C8BA19AD53C7\""),
          List.of(
              "\"\"", "\"Ada\"", "\"\\\"q\\\" \\u00e9 \\ud83d\\ude00 \\/ é€😀\"", "7.50", "true"),
          List.of("0", "-32768", "32767", "1.0", "\"12\""),
          List.of("0", "-0", "2147483647", "-2147483648", "1e3", "\"7\"", "\"7.0\""),
          List.of("0", "9223372036854775807", "\"-9223372036854775808\"", "\"12\"", "1E2"),
          List.of(
              "76539499.6500000000",
              "\"1.50\"",
              "0.00",
              "-0.0",
              "1e5",
              "1e-30",
              "\"+1.\"",
              "12345678901234567890.123"),
          List.of("1.5", "3e38", "\"INF\"", "-0.0", "\"0.25\""),
          List.of("0.1", "-1.790000199669E9", "\"NaN\"", "1e-320", "0.30000000000000004", "7"),
          List.of("true", "false"),
          List.of("\"\"", "\"SGVsbG8_\"", "\"AA==\""),
          List.of("\"2020-02-29\"", "\"0001-01-01\""),
          List.of("\"23:59:59.123456\"", "\"PT1H\"", "\"07:00\""),
          List.of(
              "\"2020-01-01T00:00:49Z\"",
              "\"2020-01-01T00:00:49.1234567Z\"",
              "\"2020-01-01T00:00+02:00\"",
              "\"/Date(1234567890000+0060)/\""),
          List.of("\"2020-01-01T00:00:49\"", "\"/Date(0)/\"", "\"2020-01-01T00:00:49Z\""),
          List.of("{}", "[1,2.50,\"x\"]", "{ \"a\" : \"\\u0041\" }", "\"t\\/\"", "7", "\"é\""),
          List.of(
              "{\"city\":\"Bonn\"}",
              "{\"area\":{\"x\":1,\"size\":2.5}}",
              "{}",
              "{\"area\":null,\"city\":null}",
              "{\"city\":\"a\",\"city\":\"b\"}"));

  private static final List<String> ANY =
      List.of(
          "null",
          "7",
          "\"x\"",
          "{}",
          "[]",
          "{\"a\":[1,{\"b\":null}]}",
          "true",
          "-1.5e3",
          "\"2020-02-30\"",
          "99999999999999999999",
          "1e999",
          "\"57fe1d72\"",
          "[[[]]]");

  private static final List<String> TORN =
      List.of(",", "\"", "}", "]", "\\", "\u0000", "\n", " ", ":", "{", "0", "\uFEFF", "é", "null");

  private final Random random = new Random(20_261_128);

  private static Field field(String path, DataType type) {
    return new Field(
        Column.of(path.replace('/', '.'), type),
        List.of(path.split("/")),
        EdmKind.STRUCTURE,
        Uses.ALL,
        Optional.empty(),
        false);
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String space() {
    return random.nextInt(8) == 0 ? any(List.of(" ", "\r\n", "\t")) : "";
  }

  private String member(int i) {
    boolean odd = i >= FITTING.size() || random.nextInt(40) == 0;
    String value = random.nextInt(8) == 0 ? "null" : any(odd ? ANY : FITTING.get(i));
    return space() + '"' + NAMES.get(i) + '"' + space() + ":" + space() + value + space();
  }

  private String row() {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      for (int n = random.nextInt(20) == 0 ? 2 : random.nextInt(5) == 0 ? 0 : 1; n > 0; n--) {
        members.add(member(i));
      }
    }
    if (random.nextInt(5) == 0) {
      Collections.shuffle(members, random);
    }
    return "{" + String.join(",", members) + "}";
  }

  private String page(Protocol protocol) {
    List<String> rows = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      rows.add(space() + row() + space());
    }
    String list = "[" + String.join(",", rows) + "]";
    String value = "\"value\":" + list;
    return switch (random.nextInt(protocol.isOlder() ? 8 : 5)) {
      case 0 -> "{\"@odata.context\":\"c\",\"@odata.count\":7," + value + "}";
      case 1 -> "{" + value + ",\"@odata.nextLink\":\" http://a/b?c=\\u0026 \"}\n";
      case 2 -> "{\"@x.more\":true,\"@none\":null,\"@odata.list\":[1]," + value + ",\"z\":{}}";
      case 3 -> "{" + value + "," + value + ",\"@odata.nextLink\":\"\"}";
      case 4 -> random.nextInt(9) == 0 ? "{\"error\":{\"code\":\"c\"}}" : "{" + value + "}";
      case 5 -> "{\"d\":" + list + "}";
      case 6 -> "{\"d\":{\"results\":" + list + ",\"__count\":\"12\",\"__next\":\"n\"}}";
      default -> "{\"odata.metadata\":\"m\"," + value + ",\"odata.count\":\"9\"}";
    };
  }

  private String torn(String page) {
    StringBuilder text = new StringBuilder(page);
    for (int n = Math.max(0, random.nextInt(6) - 3); n > 0 && text.length() > 0; n--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, any(TORN));
        case 2 -> text.setCharAt(at, (char) random.nextInt(256));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private static @Nullable ParsedPage expected(byte[] page, Protocol protocol) throws IOException {
    try {
      return PageParser.parse(
          new ByteArrayInputStream(page), "", protocol, new RowPlan(FIELDS), false);
    } catch (SourceException e) {
      return null;
    }
  }

  private static void assertSame(ParsedPage found, @Nullable ParsedPage expected, byte[] page) {
    String shown = new String(page, StandardCharsets.UTF_8);
    assertThat(expected).as(shown).isNotNull();
    assertThat(Arrays.deepEquals(found.rows().toArray(), expected.rows().toArray()))
        .as(shown)
        .isTrue();
    assertThat(List.of(found.nextLink(), found.context(), found.count(), found.annotations()))
        .as(shown)
        .isEqualTo(
            List.of(
                expected.nextLink(), expected.context(), expected.count(), expected.annotations()));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void what_is_certain_is_the_same(Protocol protocol) throws IOException {
    PageReader reader = new PageReader(protocol, new RowPlan(FIELDS));
    int certain = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] page = torn(page(protocol)).getBytes(StandardCharsets.UTF_8);
      ParsedPage found = reader.find(Arrays.copyOf(page, page.length + 1), page.length);
      if (found != null) {
        certain++;
        assertSame(found, expected(page, protocol), page);
      }
    }
    assertThat(certain).isBetween(ROUNDS / 4, ROUNDS * 3 / 4);
  }

  @Test
  void usual_values_are_certain() {
    for (int i = 0; i < FITTING.size(); i++) {
      for (String value : FITTING.get(i)) {
        byte[] page =
            ("{\"value\":[{\"" + NAMES.get(i) + "\":" + value + "}]}")
                .getBytes(StandardCharsets.UTF_8);
        PageReader reader = new PageReader(Protocol.V4, new RowPlan(FIELDS));
        assertThat(reader.find(Arrays.copyOf(page, page.length + 1), page.length))
            .as(value)
            .isNotNull();
      }
    }
  }

  @Test
  void a_table_may_have_many_columns() {
    List<Field> fields = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < 700; i++) {
      fields.add(field("column" + i, DataType.INTEGER));
      row.append(i == 0 ? "" : ",").append("\"column").append(i).append("\":").append(i);
    }
    byte[] page = ("{\"value\":[{" + row + "},{" + row + "}]}\0").getBytes(StandardCharsets.UTF_8);
    PageReader reader = new PageReader(Protocol.V4, new RowPlan(fields));
    ParsedPage found = reader.find(page, page.length - 1);
    assertThat(found).isNotNull();
    assertThat(found.rows()).hasSize(2).allSatisfy(each -> assertThat(each[699]).isEqualTo(699));
  }

  @Test
  void other_names_of_a_column_are_known() {
    List<Field> fields = List.of(field("name", DataType.VARCHAR));
    RowPlan plan = new RowPlan(fields, Map.of("a_x002e_name", "name"));
    byte[] page = "{\"value\":[{\"a_x002e_name\":\"Ada\"}]}\0".getBytes(StandardCharsets.UTF_8);
    ParsedPage found = new PageReader(Protocol.V4, plan).find(page, page.length - 1);
    assertThat(found).isNotNull();
    assertThat(found.rows().get(0)).containsExactly("Ada");
  }
}
