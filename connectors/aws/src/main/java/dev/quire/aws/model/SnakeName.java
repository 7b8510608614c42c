package dev.quire.aws.model;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names by which boto3 calls operations: {@code GetJobRuns} is {@code get_job_runs}. The same
 * as {@code xform_name} of botocore, exceptions included.
 */
public final class SnakeName {
  private static final Pattern PLURAL_ACRONYM = Pattern.compile("[A-Z]{2,}s$");
  private static final Pattern BEFORE_WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern BEFORE_CAPITAL = Pattern.compile("([a-z0-9])([A-Z])");

  /** Words that botocore takes as one, in lists of names of its own. */
  private static final Map<String, String> WORDS =
      Map.of("iSCSI", "Iscsi", "HITsFor", "HitsFor", "PartiQL", "Partiql", "WhatsApp", "Whatsapp");

  private SnakeName() {}

  public static String of(String name) {
    if (name.indexOf('_') >= 0) {
      return name;
    }
    String text = name;
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      text = text.replace(word.getKey(), word.getValue());
    }
    Matcher plural = PLURAL_ACRONYM.matcher(text);
    if (plural.find()) {
      text = text.substring(0, plural.start()) + "_" + plural.group().toLowerCase(Locale.ROOT);
    }
    text = BEFORE_WORD.matcher(text).replaceAll("$1_$2");
    return BEFORE_CAPITAL.matcher(text).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }
}
