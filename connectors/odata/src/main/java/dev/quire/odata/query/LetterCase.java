package dev.quire.odata.query;

import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.Expression.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Conditions on the lower or upper case of a text. Services and SQL do not agree on the case of all
 * letters: the Kelvin sign is a k in lower case here, the long s and the dotless i are S and I in
 * upper case, and Turkish has two letters i. So a condition is made of those parts of a text on
 * whose case nobody differs; it lets in more rows, and never fewer. Immutable.
 */
record LetterCase(Profile profile, Protocol protocol) {
  private static final String DISPUTED = "iksIKS";
  private static final String NOTE = "the case of letters is looked at again here";

  /** A part of the text, and whether the text begins or ends with it. */
  private record Part(String text, boolean first, boolean last) {
    boolean isWhole() {
      return first && last;
    }
  }

  /**
   * A condition that holds wherever SQL's does.
   *
   * @param upper whether the upper case is compared, instead of the lower
   * @param function EQ, STARTS_WITH, ENDS_WITH or CONTAINS
   */
  Condition compare(String path, boolean upper, Function function, String text) {
    String same = upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    if (!same.equals(text)) {
      return Condition.none("no letter case is the other one");
    }
    boolean ignored = profile.strings() == Profile.Strings.IGNORE_CASE;
    if (!ignored && !profile.functions().contains(Function.LOWER)) {
      return Condition.none("the service is not asked for the case of text");
    }
    boolean fromStart = function == Function.EQ || function == Function.STARTS_WITH;
    boolean toEnd = function == Function.EQ || function == Function.ENDS_WITH;
    List<String> sent = new ArrayList<>();
    for (Part part : parts(text, upper, fromStart, toEnd)) {
      sent.add(said(ignored ? path : "tolower(" + path + ")", part, ignored));
    }
    if (sent.isEmpty()) {
      return Condition.none("nobody agrees on the case of these letters");
    }
    String all = sent.size() == 1 ? sent.get(0) : "(" + String.join(" and ", sent) + ")";
    return Condition.narrowing(all, NOTE).withText(all, sent.size());
  }

  private String said(String subject, Part part, boolean ignored) {
    String text = ignored ? part.text() : part.text().toLowerCase(Locale.ROOT);
    String literal = String.valueOf(Literals.string(text));
    if (part.isWhole()) {
      return subject + " eq " + literal;
    }
    return part.first()
        ? "startswith(" + subject + "," + literal + ")"
        : part.last()
            ? "endswith(" + subject + "," + literal + ")"
            : protocol.contains(subject, literal);
  }

  /**
   * At an open end one letter more is left out: half of a letter that has two in the other case.
   */
  private List<Part> parts(String text, boolean upper, boolean fromStart, boolean toEnd) {
    int from = fromStart ? 0 : 1;
    int to = toEnd ? text.length() : text.length() - 1;
    List<Part> parts = new ArrayList<>();
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || isDisputed(text, i, upper)) {
        boolean first = fromStart && start == 0;
        boolean last = toEnd && i == text.length();
        if (i - start > 1 || (i > start && (first || last))) {
          parts.add(new Part(text.substring(start, i), first, last));
        }
        start = i + 1;
      }
    }
    return parts;
  }

  private boolean isDisputed(String text, int index, boolean upper) {
    char letter = text.charAt(index);
    char before = index > 0 ? text.charAt(index - 1) : ' ';
    char after = index + 1 < text.length() ? text.charAt(index + 1) : ' ';
    return !isPlain(letter)
        || !isPlain(before)
        || !isPlain(after)
        || DISPUTED.indexOf(letter) >= 0
        || profile.unsafeInPatterns().indexOf(letter) >= 0
        || (upper && isOfLigature(before, letter));
  }

  private static boolean isPlain(char letter) {
    return letter >= 0x20 && letter <= 0x7e;
  }

  /** Whether a letter may come of one that stands for several: ff, fi, fl, st. */
  private static boolean isOfLigature(char before, char letter) {
    return letter == 'F' || (before == 'F' && letter == 'L') || (before == 'S' && letter == 'T');
  }
}
