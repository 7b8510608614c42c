package dev.quire.engine.exec.eval;

import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.jspecify.annotations.Nullable;

/** Functions of text. Positions and lengths count code points, from 1. */
final class TextFunctions {
  private TextFunctions() {}

  static @Nullable Evaluator find(Signature call) {
    if (call.has(ValueKind.BYTES)) {
      return null;
    }
    Evaluator found = joining(call);
    if (found == null && call.size() > 0) {
      found = ofOne(call);
    }
    if (found == null && call.size() > 1) {
      found = ofTwo(call);
    }
    if (found == null && call.size() > 1) {
      found = parts(call);
    }
    return found;
  }

  private static @Nullable Evaluator joining(Signature call) {
    List<Evaluator> arguments = call.arguments();
    return switch (call.name()) {
      case "||" -> Strict.binary(arguments.get(0), arguments.get(1), (a, b) -> text(a) + text(b));
      case "CONCAT" -> row -> Texts.concatenation("", arguments, row);
      case "CONCAT_WS" -> {
        List<Evaluator> rest = arguments.subList(1, arguments.size());
        Evaluator separator = arguments.get(0);
        yield row -> {
          Object between = separator.eval(row);
          return between == null ? null : Texts.concatenation(text(between), rest, row);
        };
      }
      default -> null;
    };
  }

  private static @Nullable Evaluator ofOne(Signature call) {
    Function<String, Object> function =
        switch (call.name()) {
          case "UPPER", "UCASE" -> Texts::upper;
          case "LOWER", "LCASE" -> Texts::lower;
          case "INITCAP" -> Texts::initCap;
          case "CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH", "LEN" -> Texts::length;
          case "OCTET_LENGTH" ->
              text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
          case "REVERSE" -> text -> new StringBuilder(text).reverse().toString();
          case "ASCII" -> text -> text.isEmpty() ? 0 : text.codePointAt(0);
          case "MD5" -> text -> Texts.digest("MD5", text);
          case "SHA1" -> text -> Texts.digest("SHA-1", text);
          case "SHA256" -> text -> Texts.digest("SHA-256", text);
          default -> null;
        };
    if (function != null) {
      return Strict.unary(call.argument(0), value -> function.apply(text(value)));
    }
    return switch (call.name()) {
      case "CHR" -> Strict.unary(call.argument(0), value -> Character.toString(number(value)));
      case "SPACE" -> Strict.unary(call.argument(0), value -> Texts.repeat(" ", number(value)));
      default -> trim(call);
    };
  }

  private static @Nullable Evaluator trim(Signature call) {
    Evaluator first = call.argument(0);
    Evaluator characters = call.size() > 1 ? call.argument(1) : new Evaluator.Constant(" ");
    return switch (call.name()) {
      case "LTRIM" -> trim(first, characters, SqlTrimFunction.Flag.LEADING);
      case "RTRIM" -> trim(first, characters, SqlTrimFunction.Flag.TRAILING);
      case "BTRIM" -> trim(first, characters, SqlTrimFunction.Flag.BOTH);
      case "TRIM" ->
          first instanceof Evaluator.Constant constant
                  && constant.value() instanceof SqlTrimFunction.Flag flag
              ? trim(call.argument(2), call.argument(1), flag)
              : trim(first, characters, SqlTrimFunction.Flag.BOTH);
      default -> null;
    };
  }

  private static Evaluator trim(Evaluator text, Evaluator characters, SqlTrimFunction.Flag flag) {
    boolean leading = flag != SqlTrimFunction.Flag.TRAILING;
    boolean trailing = flag != SqlTrimFunction.Flag.LEADING;
    return Strict.binary(
        text, characters, (value, set) -> Texts.trim(text(value), text(set), leading, trailing));
  }

  private static @Nullable Evaluator ofTwo(Signature call) {
    Evaluator a = call.argument(0);
    Evaluator b = call.argument(1);
    return switch (call.name()) {
      case "LEFT" -> Strict.binary(a, b, (text, count) -> Texts.left(text(text), number(count)));
      case "RIGHT" -> Strict.binary(a, b, (text, count) -> Texts.right(text(text), number(count)));
      case "REPEAT" ->
          Strict.binary(a, b, (text, count) -> Texts.repeat(text(text), number(count)));
      case "STARTS_WITH", "STARTSWITH" ->
          Strict.binary(a, b, (text, part) -> text(text).startsWith(text(part)));
      case "ENDS_WITH", "ENDSWITH" ->
          Strict.binary(a, b, (text, part) -> text(text).endsWith(text(part)));
      case "CONTAINS_SUBSTR" ->
          Strict.binary(
              a, b, (text, part) -> Texts.lower(text(text)).contains(Texts.lower(text(part))));
      case "STRPOS", "INSTR" ->
          call.size() > 2
              ? null
              : Strict.binary(a, b, (text, part) -> Texts.position(text(part), text(text), 1));
      case "RLIKE", "REGEXP_LIKE", "REGEXP_CONTAINS" ->
          call.size() > 2 ? null : RegularExpressions.contains(a, b);
      default -> null;
    };
  }

  private static @Nullable Evaluator parts(Signature call) {
    List<Evaluator> arguments = call.arguments();
    return switch (call.name()) {
      case "SUBSTRING", "SUBSTR" ->
          call.kind(1).isNumeric() ? Strict.all(arguments, TextFunctions::substring) : null;
      case "POSITION" ->
          Strict.all(
              arguments,
              values ->
                  Texts.position(
                      text(values[0]), text(values[1]), values.length > 2 ? number(values[2]) : 1));
      case "REPLACE" ->
          Strict.all(
              arguments,
              values ->
                  text(values[1]).isEmpty()
                      ? values[0]
                      : text(values[0]).replace(text(values[1]), text(values[2])));
      case "LPAD", "RPAD" -> {
        boolean atStart = call.name().equals("LPAD");
        yield Strict.all(
            arguments,
            values ->
                Texts.pad(
                    text(values[0]),
                    number(values[1]),
                    values.length > 2 ? text(values[2]) : " ",
                    atStart));
      }
      case "OVERLAY" -> Strict.all(arguments, TextFunctions::overlay);
      case "SPLIT_PART" ->
          Strict.all(
              arguments,
              values -> Texts.splitPart(text(values[0]), text(values[1]), number(values[2])));
      case "REGEXP_REPLACE" ->
          call.size() == 3
              ? RegularExpressions.replace(arguments.get(0), arguments.get(1), arguments.get(2))
              : null;
      default -> null;
    };
  }

  private static Object substring(Object[] values) {
    long length = values.length > 2 ? number(values[2]) : Integer.MAX_VALUE;
    return Texts.substring(text(values[0]), number(values[1]), length);
  }

  private static Object overlay(Object[] values) {
    String text = text(values[0]);
    String with = text(values[1]);
    int start = number(values[2]);
    int length = values.length > 3 ? number(values[3]) : Texts.length(with);
    return Texts.substring(text, 1, Math.max(0, start - 1))
        + with
        + Texts.substring(text, start + length, Integer.MAX_VALUE);
  }

  private static String text(Object value) {
    return TextValues.text(value);
  }

  private static int number(Object value) {
    return (int)
        Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Casts.whole(value, "INTEGER")));
  }
}
