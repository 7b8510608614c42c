package dev.quire.engine.plan;

import dev.quire.engine.plan.StatementParser.Parsed;
import dev.quire.engine.plan.StatementRewriter.Dotted;
import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Finds the types of a statement that is not run. For one statement. */
final class Preparation {
  private final Parsed parsed;
  private final Catalog catalog;
  private final PlanOptions options;

  Preparation(Parsed parsed, Catalog catalog, PlanOptions options) {
    this.parsed = parsed;
    this.catalog = catalog;
    this.options = options;
  }

  Prepared run() {
    try {
      return withExplain(Planner.joiningNames(parsed, catalog, this::withParameters));
    } catch (SourceException e) {
      if (e.kind() != ErrorKind.INVALID_STATEMENT || countParameters() == 0) {
        throw e;
      }
      return withExplain(withoutParameters(e));
    }
  }

  private Prepared withExplain(Prepared found) {
    return parsed.text().explain()
        ? new Prepared(List.of(Plan.EXPLANATION), found.parameters())
        : found;
  }

  private Prepared withParameters(Set<Dotted> dotted) {
    FrontEnd frontEnd = new FrontEnd(catalog);
    SqlNode tree =
        parsed.newTree().accept(StatementRewriter.keeping(parsed.text(), options, dotted));
    Labels labels = Labels.of(tree, parsed.text());
    SqlNode validated = frontEnd.validate(tree);
    List<DataType> parameters =
        frontEnd.parameters(validated).getFieldList().stream()
            .map(RelDataTypeField::getType)
            .map(SqlTypes::toDataType)
            .toList();
    return new Prepared(columns(frontEnd, validated, labels), parameters);
  }

  /** For {@code SELECT ?}: NULL stands in the place of a parameter whose type nobody can tell. */
  private Prepared withoutParameters(SourceException fault) {
    int count = countParameters();
    PlanOptions nulls = options.withParameters(Collections.nCopies(count, null));
    try {
      return Planner.joiningNames(
          parsed,
          catalog,
          dotted -> {
            FrontEnd frontEnd = new FrontEnd(catalog);
            SqlNode tree =
                parsed.newTree().accept(StatementRewriter.binding(parsed.text(), nulls, dotted));
            Labels labels = Labels.of(tree, parsed.text());
            return new Prepared(
                columns(frontEnd, frontEnd.validate(tree), labels),
                Collections.nCopies(count, DataType.VARCHAR));
          });
    } catch (SourceException e) {
      throw fault;
    }
  }

  private static List<Column> columns(FrontEnd frontEnd, SqlNode validated, Labels labels) {
    var row = frontEnd.rowType(validated);
    return frontEnd.withJson(validated, Planner.columns(row, labels.apply(row.getFieldNames())));
  }

  private int countParameters() {
    Set<Integer> seen = new HashSet<>();
    parsed
        .tree()
        .accept(
            new SqlBasicVisitor<@Nullable Void>() {
              @Override
              public @Nullable Void visit(SqlDynamicParam parameter) {
                seen.add(parameter.getIndex());
                return null;
              }
            });
    return seen.size();
  }
}
