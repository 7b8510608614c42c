package dev.quire.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/**
 * What the result's columns are called: an alias, a column's name, or else the text of the
 * expression as the user wrote it. Immutable.
 */
final class Labels {
  private static final int LONGEST = 60;

  /** One per item of the select list, null where there is nothing better; empty with a star. */
  private final List<@Nullable String> texts;

  private Labels(List<@Nullable String> texts) {
    this.texts = texts;
  }

  static Labels of(SqlNode statement, StatementText text) {
    SqlSelect select = QuireValidator.topSelect(statement);
    List<@Nullable String> texts = new ArrayList<>();
    if (select == null) {
      return new Labels(texts);
    }
    for (SqlNode item : select.getSelectList()) {
      if (item instanceof SqlIdentifier id && id.isStar()) {
        return new Labels(List.of());
      }
      boolean named = item.getKind() == SqlKind.AS || item instanceof SqlIdentifier;
      String source = named ? null : text.at(item.getParserPosition()).replaceAll("\\s+", " ");
      texts.add(source == null || source.isEmpty() || source.length() > LONGEST ? null : source);
    }
    return new Labels(texts);
  }

  /** Names of the fields, where those that the validator made up are replaced. */
  List<String> apply(List<String> fields) {
    List<String> names = new ArrayList<>(fields);
    for (int i = 0; i < names.size() && texts.size() == names.size(); i++) {
      String text = texts.get(i);
      if (text != null && names.get(i).matches("EXPR\\$\\d+") && !names.contains(text)) {
        names.set(i, text);
      }
    }
    return names;
  }
}
