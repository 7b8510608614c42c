package dev.quire.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.aws.catalogue.Catalogue;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.table.OperationTable;
import dev.quire.aws.table.TableColumn;
import dev.quire.http.Body;
import dev.quire.http.HttpResponse;
import dev.quire.spi.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is read straight from bytes is what the complete reader makes of the same bytes. */
class ByteAnswersTest {
  private static final Random RANDOM = new Random(20261128);

  /** An answer that announces to be too long for memory is read as a stream, by Jackson. */
  private record Response(byte[] bytes, boolean streamed) implements HttpResponse {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public String url() {
      return "http://127.0.0.1/";
    }

    @Override
    public List<String> headers(String name) {
      return streamed && name.equals("Content-Length") ? List.of("99999999999") : List.of();
    }

    @Override
    public InputStream body() {
      return new ByteArrayInputStream(bytes);
    }
  }

  private static Slot slot(TableColumn column, String path, Slot.Origin origin) {
    return new Slot(column.name(), column.column().type(), origin, path);
  }

  private static Slot slot(TableColumn column) {
    if (column.origin() instanceof TableColumn.RowMember member) {
      return slot(column, String.join(".", member.names()), Slot.Origin.MEMBER);
    }
    if (column.origin() instanceof TableColumn.OfAnswer answer) {
      return slot(column, answer.path().toString(), Slot.Origin.ANSWER);
    }
    return column.origin() instanceof TableColumn.Given
        ? slot(column, "", Slot.Origin.GIVEN)
        : slot(
            column,
            "",
            column.origin() instanceof TableColumn.MapKey ? Slot.Origin.KEY : Slot.Origin.ROW);
  }

  /** Some of the columns, since what is passed over is passed over in another way. */
  private static List<Slot> slots(OperationTable table, boolean all) {
    return table.columns().values().stream()
        .filter(column -> all || RANDOM.nextInt(3) > 0)
        .map(ByteAnswersTest::slot)
        .toList();
  }

  private static AnswerReader reader(OperationTable table, List<Slot> slots) {
    Tokens tokens = new Tokens(table.operation().paginator());
    return new AnswerReader(
        table.service(), table.operation(), table.result(), slots, tokens.wanted());
  }

  private static String outcome(AnswerReader reader, byte[] bytes, boolean streamed) {
    try {
      Answer answer = reader.read(new Response(bytes, streamed));
      return answer.rows().stream().map(Arrays::asList).map(ByteAnswersTest::shown).toList()
          + " "
          + shown(answer.captured());
    } catch (SourceException e) {
      return e.kind() + " " + e.getMessage();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Values with their classes. */
  private static String shown(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(ByteAnswersTest::shown).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    return value instanceof byte[] bytes
        ? "bytes " + Base64.getEncoder().encodeToString(bytes)
        : value == null ? "null" : value.getClass().getSimpleName() + " " + value;
  }

  private static void compare(
      OperationTable table, AnswerReader reader, byte[] bytes, List<String> faults) {
    String ours = outcome(reader, bytes, false);
    String complete = outcome(reader, bytes, true);
    if (!ours.equals(complete)) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      faults.add(table + "\n  of   " + text + "\n  ours " + ours + "\n  not  " + complete);
    }
  }

  private static List<OperationTable> tables() {
    List<OperationTable> tables = new ArrayList<>();
    for (ServiceModel service : Catalogue.bundled().all()) {
      if (service.protocol() == Protocol.JSON || service.protocol() == Protocol.REST_JSON) {
        for (String name : OperationTable.names(service)) {
          tables.add(OperationTable.find(service, name).orElseThrow());
        }
      }
    }
    return tables;
  }

  @Test
  void answers_of_every_operation_are_read_as_the_complete_reader_reads_them() {
    List<String> faults = new ArrayList<>();
    for (OperationTable table : tables()) {
      for (int oddEvery : List.of(1_000_000, 60, 20)) {
        RandomAnswers answers = new RandomAnswers(RANDOM, oddEvery);
        AnswerReader reader = reader(table, slots(table, oddEvery > 60));
        for (int i = 0; i < 2; i++) {
          String json = answers.of(table.operation().output());
          compare(table, reader, json.getBytes(StandardCharsets.UTF_8), faults);
          compare(table, reader, answers.damaged(json), faults);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void nearly_all_operations_and_most_answers_are_read_from_bytes() throws IOException {
    int tables = 0;
    int read = 0;
    int certain = 0;
    for (OperationTable table : tables()) {
      Tokens tokens = new Tokens(table.operation().paginator());
      Want wanted = Want.of(table.result(), tokens.wanted());
      ByteAnswers bytes =
          ByteAnswers.find(table.service(), table.operation(), wanted, slots(table, true));
      tables++;
      if (bytes != null) {
        read++;
        String json = new RandomAnswers(RANDOM, 1_000_000).of(table.operation().output());
        Response response = new Response(json.getBytes(StandardCharsets.UTF_8), false);
        Body body = response.whole(new byte[0], Body.most());
        certain += bytes.read(body, new ArrayList<>(), new LinkedHashMap<>()) ? 1 : 0;
      }
    }
    assertThat(read).isGreaterThan(tables * 98 / 100).isGreaterThan(2_000);
    assertThat(certain).as("of " + read).isGreaterThan(read * 3 / 4);
  }
}
