package dev.quire.jdbc;

import dev.quire.spi.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of the sources. A schema is a source, or a namespace of one as {@code
 * source.namespace}; there are no catalogs, so a catalog that is named has nothing in it. Names are
 * found in any case. Thread-safe.
 */
final class QuireDatabaseMetaData extends EngineAbilities {
  private final QuireConnection connection;

  QuireDatabaseMetaData(QuireConnection connection) {
    this.connection = connection;
  }

  private interface Question {
    List<@Nullable Object[]> ask(SchemaReader reader);
  }

  private ResultSet rows(MetadataShape shape, List<@Nullable Object[]> rows) {
    return new ForwardResultSet(
        new ListedRows(shape.columns(), rows), connection.settings().types(), null);
  }

  private ResultSet none(MetadataShape shape) throws SQLException {
    connection.checkOpen();
    return rows(shape, List.of());
  }

  /** No row for a catalog that is named, since there is none. */
  private ResultSet ask(MetadataShape shape, @Nullable String catalog, Question question)
      throws SQLException {
    connection.checkOpen();
    if (catalog != null && !catalog.isEmpty() && !catalog.equals("%")) {
      return rows(shape, List.of());
    }
    return connection.asking(
        options ->
            rows(
                shape,
                question.ask(
                    new SchemaReader(
                        connection.engine(),
                        connection.settings().types(),
                        connection.engine().newContext(options)))));
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return none(MetadataShape.CATALOGS);
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schema)
      throws SQLException {
    return ask(MetadataShape.SCHEMAS, catalog, reader -> reader.schemas(NamePattern.of(schema)));
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    connection.checkOpen();
    return rows(
        MetadataShape.TABLE_TYPES,
        List.of(new Object[] {SchemaReader.SYSTEM_TABLE}, new Object[] {SchemaReader.TABLE}));
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      String @Nullable [] types)
      throws SQLException {
    Predicate<String> kinds =
        types == null ? kind -> true : kind -> Arrays.asList(types).contains(kind);
    return ask(
        MetadataShape.TABLES,
        catalog,
        reader -> reader.tables(NamePattern.of(schema), NamePattern.of(table), kinds));
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return ask(
        MetadataShape.COLUMNS,
        catalog,
        reader ->
            reader.columns(NamePattern.of(schema), NamePattern.of(table), NamePattern.of(column)));
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return ask(
        MetadataShape.PSEUDO_COLUMNS,
        catalog,
        reader ->
            reader.hiddenColumns(
                NamePattern.of(schema), NamePattern.of(table), NamePattern.of(column)));
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return ask(
        MetadataShape.PRIMARY_KEYS,
        catalog,
        reader -> reader.primaryKeys(NamePattern.exactly(schema), NamePattern.exactly(table)));
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    return ask(
        MetadataShape.ROW_IDENTIFIERS,
        catalog,
        reader -> reader.rowIdentifiers(NamePattern.exactly(schema), NamePattern.exactly(table)));
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return ask(
        MetadataShape.FOREIGN_KEYS,
        catalog,
        reader ->
            reader.foreignKeys(
                NamePattern.exactly(schema),
                NamePattern.exactly(table),
                (home, from, to) -> true,
                false));
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return ask(
        MetadataShape.FOREIGN_KEYS,
        catalog,
        reader ->
            reader.foreignKeys(
                sameSource(schema),
                any -> true,
                (home, from, to) -> isTable(home, to, schema, table),
                true));
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      @Nullable String foreignTable)
      throws SQLException {
    return ask(
        MetadataShape.FOREIGN_KEYS,
        parentCatalog == null || parentCatalog.isEmpty() ? foreignCatalog : parentCatalog,
        reader ->
            reader.foreignKeys(
                NamePattern.exactly(foreignSchema),
                NamePattern.exactly(foreignTable),
                (home, from, to) -> isTable(home, to, parentSchema, parentTable),
                true));
  }

  /**
   * References stay inside a source; so the tables that may have one are those of all its schemas.
   */
  private static Predicate<String> sameSource(@Nullable String schema) {
    if (schema == null) {
      return any -> true;
    }
    String source = schema.split("\\.", 2)[0];
    return name -> name.split("\\.", 2)[0].equalsIgnoreCase(source);
  }

  private static boolean isTable(
      SchemaName home, TableName target, @Nullable String schema, @Nullable String table) {
    String targetSchema = new SchemaName(home.source(), target.namespace()).toString();
    return NamePattern.exactly(schema).test(targetSchema)
        && NamePattern.exactly(table).test(target.name());
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    connection.checkOpen();
    return rows(MetadataShape.TYPES, TypeRows.of(connection.settings().types()));
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schema, @Nullable String function)
      throws SQLException {
    connection.checkOpen();
    Predicate<String> wanted = NamePattern.of(function);
    List<@Nullable Object[]> rows = new ArrayList<>();
    boolean anywhere = (catalog == null || catalog.isEmpty()) && NamePattern.of(schema).test("");
    for (String name : ScalarFunctions.all()) {
      if (anywhere && wanted.test(name)) {
        rows.add(new @Nullable Object[] {null, null, name, null, (int) functionNoTable, name});
      }
    }
    return rows(MetadataShape.FUNCTIONS, rows);
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String function,
      @Nullable String column)
      throws SQLException {
    return none(MetadataShape.FUNCTION_COLUMNS);
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schema, @Nullable String procedure)
      throws SQLException {
    return none(MetadataShape.PROCEDURES);
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String procedure,
      @Nullable String column)
      throws SQLException {
    return none(MetadataShape.PROCEDURE_COLUMNS);
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return none(MetadataShape.COLUMN_PRIVILEGES);
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.TABLE_PRIVILEGES);
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.ROW_IDENTIFIERS);
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    return none(MetadataShape.INDEXES);
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      int @Nullable [] types)
      throws SQLException {
    return none(MetadataShape.USER_TYPES);
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schema, @Nullable String type)
      throws SQLException {
    return none(MetadataShape.SUPER_TYPES);
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return none(MetadataShape.SUPER_TABLES);
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String type,
      @Nullable String attribute)
      throws SQLException {
    return none(MetadataShape.ATTRIBUTES);
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return none(MetadataShape.CLIENT_INFO);
  }

  @Override
  public String getURL() {
    return connection.settings().shownUrl();
  }

  @Override
  public String getUserName() {
    return "";
  }

  @Override
  public String getDatabaseProductName() {
    return "Quire";
  }

  @Override
  public String getDatabaseProductVersion() {
    return DriverVersion.TEXT;
  }

  @Override
  public String getDriverName() {
    return "Quire JDBC";
  }

  @Override
  public String getDriverVersion() {
    return DriverVersion.TEXT;
  }

  @Override
  public int getDriverMajorVersion() {
    return DriverVersion.MAJOR;
  }

  @Override
  public int getDriverMinorVersion() {
    return DriverVersion.MINOR;
  }

  @Override
  public int getDatabaseMajorVersion() {
    return DriverVersion.MAJOR;
  }

  @Override
  public int getDatabaseMinorVersion() {
    return DriverVersion.MINOR;
  }

  @Override
  public int getJDBCMajorVersion() {
    return 4;
  }

  @Override
  public int getJDBCMinorVersion() {
    return 3;
  }

  @Override
  public String getIdentifierQuoteString() {
    return "\"";
  }

  /** Words beyond SQL:2003 that are quoted when they are names. */
  @Override
  public String getSQLKeywords() {
    return "EXPLAIN,ILIKE,LIMIT,MINUS,OFFSET,QUALIFY,SEMI,ANTI,TOP,WITHIN";
  }

  private static String list(Collection<String> names) {
    return String.join(",", names);
  }

  @Override
  public String getNumericFunctions() {
    return list(ScalarFunctions.NUMERIC);
  }

  @Override
  public String getStringFunctions() {
    return list(ScalarFunctions.STRING);
  }

  @Override
  public String getSystemFunctions() {
    return list(ScalarFunctions.SYSTEM);
  }

  @Override
  public String getTimeDateFunctions() {
    return list(ScalarFunctions.TIME_AND_DATE);
  }

  @Override
  public String getSearchStringEscape() {
    return NamePattern.ESCAPE;
  }

  @Override
  public String getExtraNameCharacters() {
    return "$";
  }

  @Override
  public String getSchemaTerm() {
    return "source";
  }

  @Override
  public String getProcedureTerm() {
    return "procedure";
  }

  @Override
  public String getCatalogTerm() {
    return "catalog";
  }

  @Override
  public String getCatalogSeparator() {
    return ".";
  }

  @Override
  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_NONE;
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_NONE;
  }

  @Override
  public boolean supportsConvert(int from, int to) {
    return false;
  }

  @Override
  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public boolean supportsResultSetConcurrency(int type, int concurrency) {
    return type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public int getResultSetHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public int getSQLStateType() {
    return sqlStateSQL;
  }

  @Override
  public RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapped.as(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
