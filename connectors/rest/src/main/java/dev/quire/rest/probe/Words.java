package dev.quire.rest.probe;

import dev.quire.rest.json.JsonText;

/** Texts as YAML has them. */
public final class Words {
  private Words() {}

  /** As it is where nothing in it means anything to YAML, else in quotes. */
  public static String quoted(String text) {
    boolean plain = text.matches("[A-Za-z_/][\\w/]*") && !text.matches("(?i)null|true|false");
    return plain ? text : JsonText.of(text);
  }
}
