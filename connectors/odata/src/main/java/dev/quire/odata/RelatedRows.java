package dev.quire.odata;

import dev.quire.odata.metadata.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the key of the row that a collection belongs to and the rows of the collection together.
 *
 * @param columns of the collection's own rows, as they are read
 * @param places where each wanted value comes from: a place in those rows, or, below zero, one in
 *     the key, counted from -1 down
 */
record RelatedRows(List<String> columns, List<Integer> places) {

  static RelatedRows of(Relation relation, List<String> wanted) {
    List<String> parents = relation.parentColumns();
    List<String> columns = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (String column : wanted) {
      int parent = parents.indexOf(column);
      places.add(parent < 0 ? columns.size() : -1 - parent);
      if (parent < 0) {
        columns.add(column);
      }
    }
    return new RelatedRows(List.copyOf(columns), List.copyOf(places));
  }

  @Nullable Object[] complete(@Nullable Object[] key, @Nullable Object[] own) {
    @Nullable Object[] row = new Object[places.size()];
    for (int i = 0; i < row.length; i++) {
      int place = places.get(i);
      row[i] = place < 0 ? key[-1 - place] : own[place];
    }
    return row;
  }
}
