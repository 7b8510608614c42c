package dev.quire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the reader accepts is what Jackson reads in the same bytes. */
class FuzzTest {
  private static final int ROUNDS = 40_000;

  private static final List<String> PARTS =
      List.of(
          "{}",
          "[]",
          "[[],{},[[]]]",
          "0",
          "-0",
          "-0.0",
          "7.0",
          "1.790000199669E9",
          "1e5",
          "1E+05",
          "12e-3",
          "123456789012345678",
          "1234567890123456789",
          "76539499.6500000000",
          "-0.000000000000000001",
          "01",
          "1.",
          ".5",
          "+1",
          "1e",
          "1e999999999",
          "NaN",
          "9".repeat(120),
          "true",
          "false",
          "null",
          "nul",
          "True",
          "\"\"",
          "\"plain text\"",
          "\"a \\\"quoted\\\" \\\\ \\/ \\b\\f\\n\\r\\t word\"",
          "\"\\u00e9\\u20AC\\u0000\\ud83d\\ude00\"",
          "\"\\ud83d alone\"",
          "\"\\ude00\\ud83d\"",
          "\"\\u12g4\"",
          "\"\\x\"",
          "\"é € 😀 \u007f\u0080\uffff\"",
          "\"tab\there\"",
          "\"57fe1d72-b7c5-fea8-d2d3-c8ba19ad53c7\"",
          "\"2020-02-29T23:59:59.123Z\"",
          "\"2020-01-01\"",
          " ",
          "\n\t\r ",
          "\u00a0",
          "\uFEFF",
          ",",
          ":",
          "\"name\":",
          "\"a\":1,\"a\":2",
          "{\"a\":{\"b\":[1,{\"c\":null}]}}",
          "[".repeat(70),
          "{\"d\":".repeat(70) + "1" + "}".repeat(70),
          "// no",
          "'single'");

  private static final List<String> CERTAIN =
      PARTS.stream()
          .filter(part -> accepted(part.getBytes(StandardCharsets.UTF_8)) != null)
          .toList();

  private static final List<byte[]> BROKEN =
      List.of(
          new byte[] {(byte) 0xc0, (byte) 0xaf},
          new byte[] {(byte) 0xe0, (byte) 0x80, (byte) 0xaf},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
          new byte[] {(byte) 0xf0, (byte) 0x9f, (byte) 0x98},
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0x80},
          new byte[] {0},
          new byte[] {0x1f});

  private final Random random = new Random(20_261_128);

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String space() {
    return random.nextInt(4) == 0 ? any(List.of(" ", "\n", "\t\r", "  ")) : "";
  }

  private String value(int depth) {
    int kind = depth > 4 ? 9 : random.nextInt(10);
    int count = kind < 5 ? random.nextInt(5) : 0;
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = kind < 3 ? '"' + any(List.of("a", "é", "name", "x y", "")) + '"' + space() : "";
      parts.add(space() + name + (kind < 3 ? ":" + space() : "") + value(depth + 1) + space());
    }
    String inside = String.join(",", parts);
    return kind < 3
        ? "{" + inside + "}"
        : kind < 5 ? "[" + inside + "]" : any(random.nextInt(20) == 0 ? PARTS : CERTAIN);
  }

  private byte[] mutated(byte[] json) {
    byte[] bytes = json;
    for (int n = random.nextInt(3); n > 0 && bytes.length > 0; n--) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> joined(bytes, at, at + 1, new byte[0]);
            case 2 -> joined(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 3 -> joined(bytes, at, at, any(BROKEN));
            case 4 -> joined(bytes, at, at, any(PARTS).getBytes(StandardCharsets.UTF_8));
            default -> joined(bytes, at, at, Arrays.copyOfRange(bytes, 0, at));
          };
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int to, int from, byte[] between) {
    byte[] all = Arrays.copyOf(bytes, to + between.length + bytes.length - from);
    System.arraycopy(between, 0, all, to, between.length);
    System.arraycopy(bytes, from, all, to + between.length, bytes.length - from);
    return all;
  }

  private static Object accepted(byte[] json) {
    try {
      return Values.read(json);
    } catch (UncertainException e) {
      return null;
    }
  }

  @Test
  void what_is_accepted_is_what_jackson_reads() throws IOException {
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] json = mutated(value(0).getBytes(StandardCharsets.UTF_8));
      Object value = accepted(json);
      assertThat(passes(json)).as(shown(json)).isIn(value != null, true);
      if (value != null) {
        accepted++;
        assertThat(value).as(shown(json)).isEqualTo(Values.expected(json));
        assertThat(compact(json)).as(shown(json)).isIn(null, Values.compact(json));
      }
    }
    assertThat(accepted).isBetween(ROUNDS / 4, ROUNDS * 3 / 4);
  }

  private static String shown(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  /** Passing over a value checks it as taking it does, but for lone surrogates and names. */
  private static boolean passes(byte[] json) {
    JsonReader reader = new JsonReader();
    reader.open(Values.page(json), json.length);
    try {
      reader.skip();
      reader.end();
      return true;
    } catch (UncertainException e) {
      return false;
    }
  }

  private static String compact(byte[] json) {
    JsonReader reader = new JsonReader();
    reader.open(Values.page(json), json.length);
    try {
      reader.skip();
      return reader.compact();
    } catch (UncertainException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void members_are_found_whatever_their_order() throws UncertainException {
    List<String> wanted = List.of("a", "bb", "ccc", "é", "", "x y");
    List<String> present = new ArrayList<>(wanted);
    for (int i = 0; i < 300; i++) {
      present.add("other" + i);
    }
    Names names = new Names(wanted);
    JsonReader reader = new JsonReader();
    for (int round = 0; round < 3_000; round++) {
      List<String> written = new ArrayList<>();
      List<Integer> expected = new ArrayList<>();
      int range = round % 3 == 0 ? present.size() : 12;
      for (int k = 0; k < 8; k++) {
        int i = random.nextInt(range);
        written.add(space() + '"' + present.get(i) + '"' + space() + ":" + space() + i + space());
        if (i < wanted.size()) {
          expected.add(i);
        }
      }
      byte[] json = ("{" + String.join(",", written) + "}").getBytes(StandardCharsets.UTF_8);
      reader.open(Values.page(json), json.length);
      reader.beginObject();
      List<Integer> found = new ArrayList<>();
      for (int place; (place = reader.next(names)) != JsonReader.END; ) {
        found.add(place);
        assertThat(reader.tryNumber()).isTrue();
        assertThat(reader.unscaled()).isEqualTo(place);
      }
      reader.end();
      assertThat(found).isEqualTo(expected);
    }
  }
}
