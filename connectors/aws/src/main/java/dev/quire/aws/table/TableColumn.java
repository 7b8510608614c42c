package dev.quire.aws.table;

import dev.quire.aws.model.Path;
import dev.quire.spi.Column;
import java.util.List;
import java.util.Optional;

/**
 * A column, where its values come from, and the request's member that a filter on it sets.
 *
 * @param parameter the request's member; with another origin than {@link Given}, the service
 *     answers rows that have this value among others
 */
public record TableColumn(Column column, Origin origin, Optional<String> parameter) {

  /** Where the values of a column come from. */
  public sealed interface Origin {}

  /**
   * A member of the row.
   *
   * @param names one, or two for a member of a member
   */
  public record RowMember(List<String> names) implements Origin {
    public RowMember {
      names = List.copyOf(names);
    }
  }

  /** The row as a whole: an element that is no structure, or a map's value. */
  public record WholeRow() implements Origin {}

  /** The key of a map's entry. */
  public record MapKey() implements Origin {}

  /** A place in the answer outside of its rows; the same in all rows of a page. */
  public record OfAnswer(Path path) implements Origin {}

  /** What the statement gave for the column; the same in all rows. */
  public record Given() implements Origin {}

  static TableColumn of(Column column, Origin origin) {
    return new TableColumn(column, origin, Optional.empty());
  }

  public String name() {
    return column.name();
  }

  /** Whether the column is nothing but a member of the request. */
  public boolean isGiven() {
    return origin instanceof Given;
  }
}
