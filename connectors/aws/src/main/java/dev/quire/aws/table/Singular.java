package dev.quire.aws.table;

import java.util.regex.Pattern;

/** The name of one element of a list: {@code TableNames} holds a {@code TableName}. */
final class Singular {
  private static final Pattern LIST = Pattern.compile("(?<=[a-z])List$");
  private static final Pattern IES = Pattern.compile("(?<=[a-z]{2})ies$");
  private static final Pattern ES = Pattern.compile("(?<=[a-z](?:ss|x|sh|ch|us|ias))es$");
  private static final Pattern S = Pattern.compile("(?<=[A-Za-rt-z0-9])(?<!u)s$");

  private Singular() {}

  static String of(String name) {
    String text = LIST.matcher(name).replaceFirst("");
    if (IES.matcher(text).find()) {
      return IES.matcher(text).replaceFirst("y");
    }
    return ES.matcher(text).find()
        ? ES.matcher(text).replaceFirst("")
        : S.matcher(text).replaceFirst("");
  }
}
