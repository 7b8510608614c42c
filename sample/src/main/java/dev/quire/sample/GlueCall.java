package dev.quire.sample;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request to the Glue service: a flat JSON object. Immutable.
 *
 * @param operation for example {@code GetJobRuns}
 */
record GlueCall(String operation, String body) {
  private static final String TARGET = "AWSGlue.";
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");

  /** Whether a request is one for AWS at all. */
  static boolean isFor(HttpCall call) {
    return !call.header("x-amz-target").isEmpty();
  }

  static GlueCall of(HttpCall call) {
    String target = call.header("x-amz-target");
    if (!target.startsWith(TARGET) || !call.method().equals("POST")) {
      throw new GlueFault("UnknownOperationException", "Unknown operation " + target);
    }
    if (!call.body().strip().startsWith("{")) {
      throw new GlueFault("SerializationException", "The body is not a JSON object.");
    }
    return new GlueCall(target.substring(TARGET.length()), call.body());
  }

  Optional<String> text(String member) {
    Matcher found = member(member, "\"((?:[^\"\\\\]|\\\\.)*)\"");
    return found.find() ? Optional.of(unescaped(found.group(1))) : Optional.empty();
  }

  /** The page size: MaxResults, or the most. */
  int pageSize(int most) {
    Matcher found = member("MaxResults", "(-?\\d{1,9})");
    if (!found.find()) {
      return most;
    }
    int size = Integer.parseInt(found.group(1));
    if (size < 1 || size > most) {
      throw GlueFault.invalid(
          "MaxResults must be between 1 and %,d, but is %,d.".formatted(most, size));
    }
    return size;
  }

  /** Where the page begins: what {@link #token} made for the same list, or 0 without a token. */
  int offset(String list) {
    Optional<String> token = text("NextToken");
    if (token.isEmpty()) {
      return 0;
    }
    try {
      String plain = new String(Base64.getDecoder().decode(token.get()), StandardCharsets.UTF_8);
      int at = plain.lastIndexOf('@');
      if (at >= 0 && plain.substring(0, at).equals(list)) {
        return Integer.parseInt(plain.substring(at + 1));
      }
    } catch (IllegalArgumentException e) {
      throw GlueFault.invalid("The NextToken is malformed.");
    }
    throw GlueFault.invalid("The NextToken belongs to another request.");
  }

  static String token(String list, int offset) {
    byte[] plain = (list + "@" + offset).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(plain);
  }

  private Matcher member(String name, String value) {
    return Pattern.compile("\"" + name + "\"\\s*:\\s*" + value).matcher(body);
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(unescaped(found.group(1), found.group(2))));
  }

  private static String unescaped(@Nullable String code, String letter) {
    if (code != null) {
      return String.valueOf((char) Integer.parseInt(code, 16));
    }
    int at = ESCAPES.indexOf(letter);
    return at < 0 ? letter : String.valueOf(ESCAPED.charAt(at));
  }
}
