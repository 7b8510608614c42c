package dev.quire.aws.catalogue;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first sentence of a description in HTML, as plain text of bounded length. */
final class FirstSentence {
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern SENTENCE = Pattern.compile("^(.{8,}?[.!?])(?= [A-Z]|$)");
  private static final Map<String, String> ENTITIES =
      Map.of("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#39;", "'", "&apos;", "'", "&nbsp;", " ");

  private FirstSentence() {}

  /** Empty when the description holds no text. */
  static Optional<String> of(String html, int longest) {
    String text = TAG.matcher(html.substring(0, Math.min(html.length(), 4_000))).replaceAll(" ");
    for (Map.Entry<String, String> entity : ENTITIES.entrySet()) {
      text = text.replace(entity.getKey(), entity.getValue());
    }
    text = SPACE.matcher(text.replace("&amp;", "&")).replaceAll(" ").strip();
    text = text.replace(" .", ".").replace(" ,", ",");
    Matcher sentence = SENTENCE.matcher(text);
    if (sentence.find()) {
      text = sentence.group(1);
    }
    if (text.length() > longest) {
      int cut = text.lastIndexOf(' ', longest - 1);
      text = text.substring(0, cut < longest / 2 ? longest - 1 : cut) + "…";
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
