package dev.quire.aws.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What AWS's models leave out or say wrongly, in lines of {@code service.Operation what details};
 * {@code #} begins a comment. Immutable.
 */
final class Corrections {
  private static final String RESOURCE = "corrections.txt";

  private final List<Correction> all;

  private Corrections(List<Correction> all) {
    this.all = List.copyOf(all);
  }

  /** One line. */
  record Correction(String service, String operation, What what, List<String> details) {
    String detail(int index) {
      if (index >= details.size()) {
        throw new IllegalArgumentException(
            service + "." + operation + ": '" + what + "' needs " + (index + 1) + " details");
      }
      return details.get(index);
    }
  }

  /** What a correction says. */
  enum What {
    /** {@code INPUT-TOKEN OUTPUT-TOKEN RESULT[,RESULT…] [LIMIT]}: how an operation pages. */
    PAGES,
    /** The same token twice is the end of the chain. */
    REPEATED_TOKEN_ENDS,
    /** {@code ROWS}: the most that a page may have. */
    LARGEST_PAGE,
    /** {@code MEMBER VALUE}: what a request says where the statement doesn't. */
    DEFAULT,
    /** {@code MEMBER ascending|descending}: the order in which rows come. */
    ORDER,
    /** Does not page although it looks so. */
    DOES_NOT_PAGE
  }

  /** The corrections that come with the product. */
  static Corrections bundled() {
    try (InputStream in =
        Objects.requireNonNull(Corrections.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException naming the line that cannot be read
   */
  static Corrections parse(String text) {
    List<Correction> all = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String meant = line.replaceFirst("#.*", "").strip();
      if (!meant.isEmpty()) {
        all.add(correction(meant));
      }
    }
    return new Corrections(all);
  }

  private static Correction correction(String line) {
    List<String> words = Arrays.asList(line.split("\\s+"));
    int dot = words.get(0).indexOf('.');
    if (dot < 0 || words.size() < 2) {
      throw new IllegalArgumentException("not a correction: " + line);
    }
    What what = What.valueOf(words.get(1).toUpperCase(Locale.ROOT).replace('-', '_'));
    return new Correction(
        words.get(0).substring(0, dot),
        words.get(0).substring(dot + 1),
        what,
        List.copyOf(words.subList(2, words.size())));
  }

  List<Correction> all() {
    return all;
  }

  /** What is said of one operation, in the file's order. */
  List<Correction> of(String service, String operation) {
    return all.stream()
        .filter(each -> each.service().equals(service) && each.operation().equals(operation))
        .toList();
  }
}
