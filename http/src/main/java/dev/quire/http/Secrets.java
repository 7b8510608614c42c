package dev.quire.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that were used last, to be taken out of texts: as they are, and as JSON, URLs and
 * HTML escape them. Thread-safe.
 */
final class Secrets {
  static final String MASK = "***";
  private static final int MOST = 16;

  /** So that none hides a part of another. */
  private static final Comparator<Secret> LONGEST_FIRST =
      Comparator.comparingInt((Secret secret) -> secret.text.length()).reversed();

  private static final Map<Integer, String> ENTITIES =
      Map.of(
          (int) '&',
          "amp",
          (int) '<',
          "lt",
          (int) '>',
          "gt",
          (int) '"',
          "quot",
          (int) '\'',
          "apos");

  private final Map<String, Secret> recent = new LinkedHashMap<>();
  private volatile List<Secret> longestFirst = List.of();

  synchronized void add(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty()) {
        Secret known = recent.remove(text);
        recent.put(text, known == null ? new Secret(text) : known);
      }
    }
    while (recent.size() > MOST) {
      recent.remove(recent.keySet().iterator().next());
    }
    List<Secret> all = new ArrayList<>(recent.values());
    all.sort(LONGEST_FIRST);
    longestFirst = all;
  }

  /** The text without them. */
  String hide(String text) {
    String clean = text;
    for (Secret secret : longestFirst) {
      clean = secret.hide(clean);
    }
    return clean;
  }

  /** One of them. Most are never met, so that what finds it is made at the first need. */
  private static final class Secret {
    private final String text;
    private @Nullable Pattern pattern;

    Secret(String text) {
      this.text = text;
    }

    /** No way of escaping makes a text shorter. */
    synchronized String hide(String in) {
      if (in.length() < text.length()) {
        return in;
      }
      if (text.codePoints().allMatch(Secrets::isPlain)) {
        return in.replace(text, MASK);
      }
      if (pattern == null) {
        pattern = pattern(text);
      }
      return pattern.matcher(in).replaceAll(MASK);
    }
  }

  private static Pattern pattern(String secret) {
    StringBuilder regex = new StringBuilder();
    secret.codePoints().forEach(c -> regex.append(isPlain(c) ? Character.toString(c) : escapes(c)));
    return Pattern.compile(regex.toString());
  }

  /** Whether nobody escapes it. */
  private static boolean isPlain(int c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }

  private static String escapes(int c) {
    String plain = Character.toString(c);
    StringJoiner forms = new StringJoiner("|", "(?:", ")");
    if (c < 128) {
      forms.add("\\\\" + Pattern.quote(plain));
    }
    StringBuilder units = new StringBuilder();
    plain.chars().forEach(unit -> units.append(String.format(Locale.ROOT, "\\\\u%04x", unit)));
    forms.add("(?i:" + units + ")");
    StringBuilder bytes = new StringBuilder();
    for (byte each : plain.getBytes(StandardCharsets.UTF_8)) {
      bytes.append(String.format(Locale.ROOT, "%%%02x", each));
    }
    forms.add("(?i:" + bytes + ")");
    forms.add("(?i:&#0*" + c + ";|&#x0*" + Integer.toHexString(c) + ";)");
    if (ENTITIES.containsKey(c)) {
      forms.add("&" + ENTITIES.get(c) + ";");
    }
    if (c == ' ') {
      forms.add("\\+");
    }
    return forms.add(Pattern.quote(plain)).toString();
  }
}
