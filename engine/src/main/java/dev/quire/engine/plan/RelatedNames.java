package dev.quire.engine.plan;

import dev.quire.spi.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says what is wrong with the name of a column of a row that another refers to. Immutable.
 *
 * @param known such columns, as {@code primarycontactid.fullname}
 */
record RelatedNames(List<String> known) {

  RelatedNames {
    known = List.copyOf(known);
  }

  /** Empty where the name leads along no reference, nor nearly so to a column that there is. */
  Optional<String> problem(String wrong) {
    int dot = wrong.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String problem = "no column '" + wrong + "'";
    List<String> columns = behind(wrong.substring(0, dot + 1));
    List<String> near =
        columns.isEmpty()
            ? alongOthers(wrong.substring(0, dot), wrong.substring(dot))
            : Nearest.names(wrong.substring(dot + 1), columns).stream()
                .map(column -> wrong.substring(0, dot + 1) + column)
                .toList();
    return near.isEmpty() && columns.isEmpty()
        ? Optional.empty()
        : Optional.of(near.isEmpty() ? problem : problem + ". " + question(near));
  }

  private static String question(List<String> near) {
    return "Did you mean '" + String.join("' or '", near) + "'?";
  }

  private List<String> behind(String prefix) {
    return known.stream()
        .filter(name -> lower(name).startsWith(lower(prefix)))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  /** The same column along references of nearly that name. */
  private List<String> alongOthers(String navigation, String column) {
    List<String> navigations =
        known.stream()
            .filter(name -> lower(name).endsWith(lower(column)))
            .map(name -> name.substring(0, name.length() - column.length()))
            .distinct()
            .toList();
    return Nearest.names(navigation, navigations).stream().map(each -> each + column).toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
