package dev.quire.odata.query;

import dev.quire.odata.metadata.Relation;
import dev.quire.odata.profile.Profile;
import dev.quire.odata.profile.Profile.Lists;
import dev.quire.spi.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lambda operator {@code any} (OData URL conventions 4.01, section 5.1.1.13): rows to which a
 * row of a collection belongs.
 */
public final class AnyCondition {
  private static final String VARIABLE = "x";

  private AnyCondition() {}

  /**
   * The condition on the parent's rows; empty if the service cannot tell exactly what SQL does.
   *
   * @param conditions over the collection's rows, without the parent's key; none if any row will do
   */
  public static Optional<String> of(
      Relation relation, List<Expression> conditions, Profile profile) {
    boolean known = profile.related().lists() != Lists.BY_KEY && !relation.parent().singleton();
    if (!known || relation.parent().protocol().isOlder()) {
      return Optional.empty();
    }
    FilterTranslator rows = new FilterTranslator(relation.target().within(VARIABLE), profile);
    List<String> parts = new ArrayList<>();
    for (Expression condition : conditions) {
      Condition part = rows.translate(condition);
      if (!part.isExact()) {
        return Optional.empty();
      }
      parts.add(part.text());
    }
    String inside = parts.isEmpty() ? "" : VARIABLE + ":" + String.join(" and ", parts);
    return Optional.of(relation.navigation() + "/any(" + inside + ")");
  }
}
