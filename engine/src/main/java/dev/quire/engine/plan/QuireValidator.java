package dev.quire.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.quire.spi.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator, with hidden columns left out of {@code *}, and with NULL below every value
 * in an order, as OData and most databases have it. For one statement.
 */
final class QuireValidator extends SqlValidatorImpl {
  private final Set<SqlParserPos> stars = new HashSet<>();

  QuireValidator(
      SqlOperatorTable operators, SqlValidatorCatalogReader reader, RelDataTypeFactory factory) {
    super(
        operators,
        reader,
        factory,
        Config.DEFAULT
            .withConformance(new Conformance())
            .withDefaultNullCollation(NullCollation.LOW)
            .withIdentifierExpansion(true)
            .withTypeCoercionFactory(Coercion::new));
  }

  /** As lenient as Babel, but an alias of the select list is not seen inside it. */
  private static final class Conformance extends SqlDelegatingConformance {
    Conformance() {
      super(SqlConformanceEnum.BABEL);
    }

    @Override
    public SelectAliasLookup isSelectAlias() {
      return SelectAliasLookup.UNSUPPORTED;
    }

    @Override
    public boolean isNonStrictGroupBy() {
      return false;
    }
  }

  @Override
  public SqlNode validate(SqlNode statement) {
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            if (id.isStar()) {
              stars.add(id.getParserPosition());
            }
            return null;
          }
        });
    return super.validate(statement);
  }

  /**
   * A word is a column's name, even where it could be a function without brackets: {@code user}.
   */
  @Override
  public @Nullable SqlCall makeNullaryCall(SqlIdentifier id) {
    return null;
  }

  @Override
  protected void addToSelectList(
      List<SqlNode> list,
      Set<String> aliases,
      List<Map.Entry<String, RelDataType>> fields,
      SqlNode item,
      SelectScope scope,
      boolean includeSystemVars) {
    if (!isHidden(item, scope)) {
      super.addToSelectList(list, aliases, fields, item, scope, includeSystemVars);
    }
  }

  private boolean isHidden(SqlNode item, SelectScope scope) {
    if (!(item instanceof SqlIdentifier id)
        || id.names.size() < 2
        || !stars.contains(item.getParserPosition())) {
      return false;
    }
    String owner = id.names.get(id.names.size() - 2);
    String column = id.names.get(id.names.size() - 1);
    SqlValidatorScope.ResolvedImpl resolved = new SqlValidatorScope.ResolvedImpl();
    scope.resolve(List.of(owner), getCatalogReader().nameMatcher(), false, resolved);
    if (resolved.count() == 1) {
      SqlValidatorTable table = resolved.only().namespace.getTable();
      SourceTable source = table == null ? null : table.unwrap(SourceTable.class);
      return source != null && source.isHidden(column);
    }
    return false;
  }

  /** A name in ORDER BY that several items have is no question if they are all the same. */
  @Override
  protected void validateOrderList(SqlSelect select) {
    SqlNodeList order = select.getOrderList();
    if (order != null) {
      SqlShuttle same =
          new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
              return id.isSimple() ? onlyItem(select, id) : id;
            }
          };
      select.setOrderBy((SqlNodeList) requireNonNull(order.accept(same)));
    }
    super.validateOrderList(select);
  }

  /** What several items of that name all are; the name itself for one, or where they differ. */
  private SqlNode onlyItem(SqlSelect select, SqlIdentifier name) {
    SqlNameMatcher names = getCatalogReader().nameMatcher();
    List<SqlNode> items =
        select.getSelectList().stream()
            .filter(
                item ->
                    names.matches(String.valueOf(SqlValidatorUtil.alias(item)), name.getSimple()))
            .map(SqlUtil::stripAs)
            .toList();
    boolean isRepeated =
        items.size() > 1
            && items.stream().allMatch(item -> item.equalsDeep(items.get(0), Litmus.IGNORE));
    return isRepeated ? items.get(0).clone(name.getParserPosition()) : name;
  }

  /** The select list's items at the top of a statement that was not validated yet. */
  static @Nullable SqlSelect topSelect(SqlNode statement) {
    if (statement instanceof SqlSelect select) {
      return select;
    }
    if (statement instanceof SqlOrderBy order) {
      return topSelect(order.query);
    }
    if (statement instanceof SqlWith with) {
      return topSelect(with.body);
    }
    return null;
  }

  /** Which columns of a validated statement are a table's columns of JSON, as they are. */
  List<Integer> jsonColumns(SqlNode validated) {
    List<Integer> found = new ArrayList<>();
    int i = 0;
    for (List<String> origin : getFieldOrigins(validated)) {
      if (origin != null && isJson(origin)) {
        found.add(i);
      }
      i++;
    }
    return found;
  }

  /**
   * @param origin the parts of a table's name, then of a column's
   */
  private boolean isJson(List<String> origin) {
    SqlValidatorTable table = getCatalogReader().getTable(origin.subList(0, origin.size() - 1));
    SourceTable source = table == null ? null : table.unwrap(SourceTable.class);
    return source != null
        && source
            .table()
            .schema()
            .findColumn(origin.get(origin.size() - 1))
            .filter(column -> column.type().kind() == DataType.Kind.JSON)
            .isPresent();
  }
}
