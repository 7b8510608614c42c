package dev.quire.engine.plan;

import dev.quire.engine.plan.StatementParser.Parsed;
import dev.quire.engine.plan.StatementRewriter.Dotted;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;

/** SQL text to a plan. Immutable and thread-safe; each statement gets a front end of its own. */
public final class Planner {
  private static final int MOST_REPAIRS = 50;

  private final Sources sources;

  public Planner(Sources sources) {
    this.sources = sources;
  }

  /**
   * Plans a statement. Opens the sources that it names, which may read their metadata; reads no
   * row.
   *
   * @throws SourceException SYNTAX, UNKNOWN_NAME, INVALID_STATEMENT, INVALID_VALUE, UNSUPPORTED,
   *     with a caret under the place where there is one; and whatever a source throws
   */
  public Plan plan(String sql, PlanOptions options, CallContext context) {
    return plan(sql, options, new Catalog(sources, context, options.schema()));
  }

  private static Plan plan(String sql, PlanOptions options, Catalog catalog) {
    Parsed parsed = StatementParser.parse(sql);
    return guarded(parsed, () -> plan(parsed, catalog, options));
  }

  /** Whether a text is a simple statement, whatever its names mean. */
  public static boolean isSimple(String sql) {
    try {
      SimpleStatement.of(sql);
      return true;
    } catch (NotSimple e) {
      return false;
    }
  }

  /**
   * As {@link #plan}, for a statement that is to be run: for a simple one, the tree of its plan is
   * made only when it is asked for.
   */
  public Plan planToRun(String sql, PlanOptions options, CallContext context) {
    Catalog catalog = new Catalog(sources, context, options.schema());
    return SimplePlanner.plan(sql, options, catalog)
        .map(
            found ->
                Plan.of(found.scan(), () -> plan(sql, options, catalog).root(), found.columns()))
        .orElseGet(() -> plan(sql, options, catalog));
  }

  /**
   * What a statement gives and takes, found without running it: its parameters need no values.
   * Opens the sources that it names, which may read their metadata.
   *
   * @throws SourceException as {@link #plan} does
   */
  public Prepared prepare(String sql, PlanOptions options, CallContext context) {
    Parsed parsed = StatementParser.parse(sql);
    Catalog catalog = new Catalog(sources, context, options.schema());
    return guarded(parsed, () -> new Preparation(parsed, catalog, options).run());
  }

  private static <T> T guarded(Parsed parsed, Supplier<T> work) {
    try {
      return work.get();
    } catch (SourceException e) {
      throw LiteralFaults.placed(e, parsed.tree(), parsed.text());
    } catch (StackOverflowError e) {
      throw new SourceException(ErrorKind.UNSUPPORTED, "the statement is nested too deeply", e);
    } catch (UnsupportedOperationException e) {
      throw new SourceException(
          ErrorKind.UNSUPPORTED, "this cannot be planned: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new SourceException(ErrorKind.INTERNAL, "planning failed: " + e, e);
    }
  }

  /**
   * A table by its qualified name, read as in a statement.
   *
   * @throws SourceException UNKNOWN_NAME with the nearest names
   */
  public Table table(String qualifiedName, CallContext context) {
    Catalog catalog = new Catalog(sources, context);
    Parsed parsed = StatementParser.parse("TABLE " + qualifiedName);
    PlanOptions options = PlanOptions.at(Instant.EPOCH);
    NameFaults faults = new NameFaults(parsed, catalog);
    Set<Dotted> dotted = new HashSet<>();
    while (true) {
      try {
        new FrontEnd(catalog)
            .validate(
                parsed.newTree().accept(StatementRewriter.keeping(parsed.text(), options, dotted)));
        List<ScanTarget> tables = List.copyOf(catalog.tables());
        return tables.get(tables.size() - 1).table();
      } catch (CalciteContextException e) {
        if (!faults.repaired(e, dotted)) {
          throw plain(faults.explain(e));
        }
      }
    }
  }

  /** Without a place in a text that the user did not write. */
  private static SourceException plain(SourceException fault) {
    return new SourceException(fault.kind(), fault.problem());
  }

  private static Plan plan(Parsed parsed, Catalog catalog, PlanOptions options) {
    return joiningNames(
        parsed,
        catalog,
        dotted -> {
          FrontEnd frontEnd = new FrontEnd(catalog);
          SqlNode tree =
              parsed.newTree().accept(StatementRewriter.binding(parsed.text(), options, dotted));
          Labels labels = Labels.of(tree, parsed.text());
          SqlNode validated = frontEnd.validate(tree);
          Plan plan = finish(frontEnd.convert(validated), labels, frontEnd, options, parsed.text());
          return plan.withColumns(frontEnd.withJson(validated, plan.columns()));
        });
  }

  /** Tries again as long as names that are not found can be made to be. */
  static <T> T joiningNames(Parsed parsed, Catalog catalog, Function<Set<Dotted>, T> attempt) {
    NameFaults faults = new NameFaults(parsed, catalog);
    Set<Dotted> dotted = new HashSet<>();
    for (int i = 0; ; i++) {
      try {
        return attempt.apply(dotted);
      } catch (CalciteContextException e) {
        if (i >= MOST_REPAIRS || !faults.repaired(e, dotted)) {
          throw faults.explain(e);
        }
      }
    }
  }

  private static Plan finish(
      RelRoot root, Labels labels, FrontEnd frontEnd, PlanOptions options, StatementText text) {
    RelRoot wanted =
        options.maxRows().isPresent() ? RowLimit.apply(root, options.maxRows().getAsLong()) : root;
    Pipeline pipeline = new Pipeline(frontEnd, options);
    RelNode plan = pipeline.run(wanted);
    List<Column> columns = columns(plan.getRowType(), labels.apply(root.fields.rightList()));
    return Plan.of(plan, columns, pipeline.notes(), text.explain());
  }

  /** The columns of a result. */
  static List<Column> columns(RelDataType row, List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (RelDataTypeField field : row.getFieldList()) {
      Column column = Column.of(names.get(field.getIndex()), SqlTypes.toDataType(field.getType()));
      columns.add(field.getType().isNullable() ? column : column.notNull());
    }
    return columns;
  }
}
