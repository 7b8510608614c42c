package dev.quire.aws.wire;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.MapShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.Structure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * JSON made from shapes: mostly of the common form, with values that fit and, where it is told so,
 * some that do not.
 */
final class RandomAnswers {
  private static final int DEEPEST = 6;
  private static final List<String> ODD =
      List.of(
          "null", "true", "7", "-1.5e3", "\"text\"", "\"1\"", "{}", "[]", "[1]", "{\"a\":\"b\"}");
  private static final List<String> TEXTS =
      List.of("", "a", "naïve €😀", "a\\\"b\\\\c\\/d\\n", "\\u00e9\\ud83d\\ude00", "7", "true");
  private static final List<String> WHOLES =
      List.of("0", "7", "-3", "2147483647", "-2147483648", "1e2", "12.0", "1.5e1");
  private static final List<String> REALS =
      List.of("0", "1.5", "-7.25e-3", "7.0", "1e22", "0.1", "123456789.123456789", "-0.0", "1E+05");
  private static final List<String> MOMENTS =
      List.of(
          "1793534400",
          "1.790000199669E9",
          "1793534400.5",
          "-1.5",
          "0",
          "1793534400123",
          "1.7900001996690001E9",
          "1e12",
          "\"2026-11-01T12:00:00Z\"",
          "\"2026-11-01T12:00:00.123456789Z\"",
          "\"2026-11-01T12:00:00+01:00\"",
          "\"2026-11-01T12:00:00\"",
          "\"Sun, 01 Nov 2026 12:00:00 GMT\"",
          "\"1793534400\"");

  private final Random random;

  /** One value in so many is odd. */
  private final int oddEvery;

  RandomAnswers(Random random, int oddEvery) {
    this.random = random;
    this.oddEvery = oddEvery;
  }

  String of(Shape shape) {
    return value(shape, 0);
  }

  private String value(Shape shape, int depth) {
    if (random.nextInt(oddEvery) == 0) {
      return pick(ODD);
    }
    if (depth > 1 && random.nextInt(20) == 0) {
      return "null";
    }
    if (shape instanceof Structure structure) {
      return structure(structure, depth);
    }
    if (shape instanceof ListShape list) {
      return joined("[", "]", times(depth), "", list.element(), depth);
    }
    if (shape instanceof MapShape map) {
      return joined("{", "}", times(depth), "\"%s\":", map.value(), depth);
    }
    return scalar((Scalar) shape);
  }

  private int times(int depth) {
    return depth >= DEEPEST ? 0 : random.nextInt(4);
  }

  private String joined(String open, String close, int times, String key, Shape shape, int depth) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      String name = pick(List.of("a", "b", "c " + i, "é", "d-" + i));
      parts.add(key.formatted(name) + value(shape, depth + 1));
    }
    return open + String.join(random.nextInt(9) == 0 ? " ,\n" : ",", parts) + close;
  }

  private String structure(Structure structure, int depth) {
    List<String> parts = new ArrayList<>();
    for (Member member : structure.members()) {
      boolean there = random.nextInt(depth < 2 ? 12 : 4) > 0;
      if (member.location() == Location.BODY && depth < DEEPEST && there) {
        parts.add("\"" + member.wireName() + "\":" + value(member.shape(), depth + 1));
      }
    }
    if (random.nextInt(6) == 0) {
      parts.add(random.nextInt(parts.size() + 1), "\"unknown\":" + pick(ODD));
    }
    if (random.nextInt(oddEvery) == 0 && !parts.isEmpty()) {
      parts.add(pick(parts));
    }
    return "{" + String.join(random.nextInt(9) == 0 ? " , " : ",", parts) + "}";
  }

  private String scalar(Scalar scalar) {
    return switch (scalar.kind()) {
      case STRING -> "\"" + pick(TEXTS) + "\"";
      case INTEGER -> pick(WHOLES);
      case LONG -> random.nextBoolean() ? pick(WHOLES) : "" + random.nextLong();
      case FLOAT, DOUBLE -> random.nextInt(9) == 0 ? "\"NaN\"" : pick(REALS);
      case BOOLEAN -> "" + random.nextBoolean();
      case TIMESTAMP -> pick(MOMENTS);
      case BLOB -> "\"AQI=\"";
      case DOCUMENT -> pick(ODD);
    };
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** The same bytes with a few of them changed, left out, doubled or cut off. */
  byte[] damaged(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    byte[] with = "{}[]\",:\\ntf0-.e \u00e9\u0000".getBytes(StandardCharsets.ISO_8859_1);
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] = with[random.nextInt(with.length)];
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> {
        byte[] less = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, less, 0, at);
        System.arraycopy(bytes, at + 1, less, at, less.length - at);
        bytes = less;
      }
      default -> {
        byte[] more = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, more, 0, at);
        more[at] = with[random.nextInt(with.length)];
        System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
        bytes = more;
      }
    }
    return bytes;
  }
}
