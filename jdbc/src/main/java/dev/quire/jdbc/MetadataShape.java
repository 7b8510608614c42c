package dev.quire.jdbc;

import dev.quire.engine.ResultColumn;
import dev.quire.spi.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of the results of {@link java.sql.DatabaseMetaData}, as its documentation has them.
 * In the texts {@code !} marks a column without NULLs, and {@code :int}, {@code :short}, {@code
 * :long} and {@code :bool} those that are no text.
 */
enum MetadataShape {
  CATALOGS("TABLE_CAT!"),
  SCHEMAS("TABLE_SCHEM! TABLE_CATALOG"),
  TABLE_TYPES("TABLE_TYPE!"),
  TABLES(
      "TABLE_CAT TABLE_SCHEM TABLE_NAME! TABLE_TYPE! REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
          + " SELF_REFERENCING_COL_NAME REF_GENERATION"),
  COLUMNS(
      "TABLE_CAT TABLE_SCHEM TABLE_NAME! COLUMN_NAME! DATA_TYPE!:int TYPE_NAME! COLUMN_SIZE:int"
          + " BUFFER_LENGTH:int DECIMAL_DIGITS:int NUM_PREC_RADIX:int NULLABLE!:int REMARKS"
          + " COLUMN_DEF SQL_DATA_TYPE:int SQL_DATETIME_SUB:int CHAR_OCTET_LENGTH:int"
          + " ORDINAL_POSITION!:int IS_NULLABLE! SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE"
          + " SOURCE_DATA_TYPE:short IS_AUTOINCREMENT! IS_GENERATEDCOLUMN!"),
  PSEUDO_COLUMNS(
      "TABLE_CAT TABLE_SCHEM TABLE_NAME! COLUMN_NAME! DATA_TYPE!:int COLUMN_SIZE:int"
          + " DECIMAL_DIGITS:int NUM_PREC_RADIX:int COLUMN_USAGE! REMARKS CHAR_OCTET_LENGTH:int"
          + " IS_NULLABLE!"),
  PRIMARY_KEYS("TABLE_CAT TABLE_SCHEM TABLE_NAME! COLUMN_NAME! KEY_SEQ!:short PK_NAME"),
  FOREIGN_KEYS(
      "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME! PKCOLUMN_NAME! FKTABLE_CAT FKTABLE_SCHEM"
          + " FKTABLE_NAME! FKCOLUMN_NAME! KEY_SEQ!:short UPDATE_RULE!:short DELETE_RULE!:short"
          + " FK_NAME PK_NAME DEFERRABILITY!:short"),
  ROW_IDENTIFIERS(
      "SCOPE:short COLUMN_NAME! DATA_TYPE!:int TYPE_NAME! COLUMN_SIZE:int BUFFER_LENGTH:int"
          + " DECIMAL_DIGITS:short PSEUDO_COLUMN!:short"),
  INDEXES(
      "TABLE_CAT TABLE_SCHEM TABLE_NAME! NON_UNIQUE!:bool INDEX_QUALIFIER INDEX_NAME TYPE!:short"
          + " ORDINAL_POSITION!:short COLUMN_NAME ASC_OR_DESC CARDINALITY!:long PAGES!:long"
          + " FILTER_CONDITION"),
  TYPES(
      "TYPE_NAME! DATA_TYPE!:int PRECISION:int LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS"
          + " NULLABLE!:short CASE_SENSITIVE!:bool SEARCHABLE!:short UNSIGNED_ATTRIBUTE!:bool"
          + " FIXED_PREC_SCALE!:bool AUTO_INCREMENT!:bool LOCAL_TYPE_NAME MINIMUM_SCALE:short"
          + " MAXIMUM_SCALE:short SQL_DATA_TYPE:int SQL_DATETIME_SUB:int NUM_PREC_RADIX:int"),
  TABLE_PRIVILEGES("TABLE_CAT TABLE_SCHEM TABLE_NAME! GRANTOR GRANTEE! PRIVILEGE! IS_GRANTABLE"),
  COLUMN_PRIVILEGES(
      "TABLE_CAT TABLE_SCHEM TABLE_NAME! COLUMN_NAME! GRANTOR GRANTEE! PRIVILEGE! IS_GRANTABLE"),
  FUNCTIONS(
      "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME! REMARKS FUNCTION_TYPE!:short SPECIFIC_NAME!"),
  FUNCTION_COLUMNS(
      "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME! COLUMN_NAME! COLUMN_TYPE!:short DATA_TYPE!:int"
          + " TYPE_NAME! PRECISION:int LENGTH:int SCALE:short RADIX:short NULLABLE!:short REMARKS"
          + " CHAR_OCTET_LENGTH:int ORDINAL_POSITION!:int IS_NULLABLE! SPECIFIC_NAME!"),
  PROCEDURES(
      "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME! RESERVED1 RESERVED2 RESERVED3 REMARKS"
          + " PROCEDURE_TYPE!:short SPECIFIC_NAME!"),
  PROCEDURE_COLUMNS(
      "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME! COLUMN_NAME! COLUMN_TYPE!:short"
          + " DATA_TYPE!:int TYPE_NAME! PRECISION:int LENGTH:int SCALE:short RADIX:short"
          + " NULLABLE!:short REMARKS COLUMN_DEF SQL_DATA_TYPE:int SQL_DATETIME_SUB:int"
          + " CHAR_OCTET_LENGTH:int ORDINAL_POSITION!:int IS_NULLABLE! SPECIFIC_NAME!"),
  USER_TYPES("TYPE_CAT TYPE_SCHEM TYPE_NAME! CLASS_NAME! DATA_TYPE!:int REMARKS BASE_TYPE:short"),
  SUPER_TYPES("TYPE_CAT TYPE_SCHEM TYPE_NAME! SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME!"),
  SUPER_TABLES("TABLE_CAT TABLE_SCHEM TABLE_NAME! SUPERTABLE_NAME!"),
  ATTRIBUTES(
      "TYPE_CAT TYPE_SCHEM TYPE_NAME! ATTR_NAME! DATA_TYPE!:int ATTR_TYPE_NAME! ATTR_SIZE:int"
          + " DECIMAL_DIGITS:int NUM_PREC_RADIX:int NULLABLE!:int REMARKS ATTR_DEF"
          + " SQL_DATA_TYPE:int SQL_DATETIME_SUB:int CHAR_OCTET_LENGTH:int ORDINAL_POSITION!:int"
          + " IS_NULLABLE! SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:short"),
  CLIENT_INFO("NAME! MAX_LEN!:int DEFAULT_VALUE DESCRIPTION");

  private final List<ResultColumn> columns;

  MetadataShape(String text) {
    this.columns = Arrays.stream(text.split(" ")).map(MetadataShape::column).toList();
  }

  private static ResultColumn column(String text) {
    String[] parts = text.split(":");
    boolean required = parts[0].endsWith("!");
    String name = required ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
    DataType type =
        switch (parts.length == 1 ? "" : parts[1]) {
          case "int" -> DataType.INTEGER;
          case "short" -> DataType.SMALLINT;
          case "long" -> DataType.BIGINT;
          case "bool" -> DataType.BOOLEAN;
          default -> DataType.VARCHAR;
        };
    return new ResultColumn(name, type, !required);
  }

  List<ResultColumn> columns() {
    return columns;
  }
}
