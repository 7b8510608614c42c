package dev.quire.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.quire.engine.rel.QuireTypeFactory;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.RelBuilder;

/**
 * Syntax tree to relational tree, for one statement: validation, conversion, trimming. Compiles no
 * code and starts no cost-based planner. One thread at a time.
 */
final class FrontEnd {
  static final RelBuilder.Config PLAIN = RelBuilder.Config.DEFAULT.withSimplify(false);

  /**
   * Leaves every constant expression as it is; ours are folded elsewhere, without generated code.
   */
  static final RexExecutor NO_FOLDING = (builder, constants, folded) -> folded.addAll(constants);

  private final TableFunctions functions;
  private final QuireValidator validator;
  private final SqlToRelConverter converter;
  private final RelOptCluster cluster;

  FrontEnd(Catalog catalog) {
    this.functions = new TableFunctions(catalog);
    QuireTypeFactory factory = new QuireTypeFactory();
    CalciteCatalogReader reader = new CatalogSchemas(catalog).reader(factory);
    this.validator = new QuireValidator(Functions.INSTANCE, reader, factory);
    RelOptPlanner planner = new HepPlanner(HepProgram.builder().build());
    planner.setExecutor(NO_FOLDING);
    this.cluster = RelOptCluster.create(planner, new RexBuilder(factory));
    cluster.setMetadataQuerySupplier(InterpretedMetadata::new);
    SqlToRelConverter.Config config =
        SqlToRelConverter.config()
            .withExpand(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRelBuilderConfigTransform(any -> PLAIN);
    this.converter =
        new SqlToRelConverter(
            (type, query, schemaPath, viewPath) -> {
              throw new UnsupportedOperationException("no views");
            },
            validator,
            reader,
            cluster,
            TimeDifference.CONVERTLETS,
            config);
  }

  RelOptCluster cluster() {
    return cluster;
  }

  SqlNode validate(SqlNode statement) {
    return validator.validate(requireNonNull(statement.accept(functions)));
  }

  /** The types of the parameters of a validated statement, in their order. */
  RelDataType parameters(SqlNode validated) {
    return validator.getParameterRowType(validated);
  }

  /** The row of a validated statement's result. */
  RelDataType rowType(SqlNode validated) {
    return validator.getValidatedNodeType(validated);
  }

  /** The columns of a validated statement, with JSON where they are a table's: here it is text. */
  List<Column> withJson(SqlNode validated, List<Column> columns) {
    List<Column> known = new ArrayList<>(columns);
    for (int i : validator.jsonColumns(validated)) {
      Column json = Column.of(columns.get(i).name(), DataType.JSON);
      known.set(i, columns.get(i).nullable() ? json : json.notNull());
    }
    return known;
  }

  RelRoot convert(SqlNode validated) {
    return converter.convertQuery(validated, false, true);
  }

  RelNode trim(RelNode root) {
    return new NarrowingTrimmer(
            validator, RelBuilder.proto(Contexts.of(PLAIN)).create(cluster, null))
        .trim(root);
  }
}
