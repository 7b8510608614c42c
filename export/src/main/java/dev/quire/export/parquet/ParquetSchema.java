package dev.quire.export.parquet;

import dev.quire.engine.ResultColumn;
import dev.quire.export.text.UniqueNames;
import dev.quire.spi.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The Parquet types of a result's columns. */
final class ParquetSchema {
  /** Of decimals that the service does not bound; Parquet's readers know no more digits. */
  private static final int MOST_DIGITS = 38;

  private static final int USUAL_SCALE = 10;

  private ParquetSchema() {}

  static MessageType of(List<ResultColumn> columns) {
    List<String> names = UniqueNames.of(columns.stream().map(ResultColumn::name).toList());
    List<Type> fields = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      fields.add(type(names.get(i), columns.get(i).type()));
    }
    return new MessageType("row", fields);
  }

  private static PrimitiveType type(String name, DataType from) {
    return switch (from.kind()) {
      case BOOLEAN -> plain(PrimitiveTypeName.BOOLEAN, name);
      case SMALLINT ->
          annotated(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true), name);
      case INTEGER -> plain(PrimitiveTypeName.INT32, name);
      case BIGINT -> plain(PrimitiveTypeName.INT64, name);
      case REAL -> plain(PrimitiveTypeName.FLOAT, name);
      case DOUBLE -> plain(PrimitiveTypeName.DOUBLE, name);
      case DECIMAL -> decimal(name, from);
      case VARCHAR -> annotated(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), name);
      case JSON -> annotated(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.jsonType(), name);
      case VARBINARY -> plain(PrimitiveTypeName.BINARY, name);
      case DATE -> annotated(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), name);
      case TIME ->
          annotated(
              PrimitiveTypeName.INT64, LogicalTypeAnnotation.timeType(false, unit(from)), name);
      case TIMESTAMP -> timestamp(name, from, false);
      case TIMESTAMP_TZ -> timestamp(name, from, true);
      case UUID -> fixed(16, LogicalTypeAnnotation.uuidType(), name);
    };
  }

  private static PrimitiveType plain(PrimitiveTypeName type, String name) {
    return Types.optional(type).named(name);
  }

  private static PrimitiveType annotated(
      PrimitiveTypeName type, LogicalTypeAnnotation meaning, String name) {
    return Types.optional(type).as(meaning).named(name);
  }

  private static PrimitiveType fixed(int length, LogicalTypeAnnotation meaning, String name) {
    return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(length)
        .as(meaning)
        .named(name);
  }

  private static PrimitiveType timestamp(String name, DataType from, boolean moment) {
    return annotated(
        PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(moment, unit(from)), name);
  }

  /** Nanoseconds only where they are promised: in 64 bits they end in the year 2262. */
  private static TimeUnit unit(DataType from) {
    return from.precision() > 6 ? TimeUnit.NANOS : TimeUnit.MICROS;
  }

  private static PrimitiveType decimal(String name, DataType from) {
    boolean known =
        from.precision() != DataType.UNKNOWN
            && from.scale() != DataType.UNKNOWN
            && from.precision() <= MOST_DIGITS
            && from.scale() <= from.precision();
    int precision = known ? Math.max(1, from.precision()) : MOST_DIGITS;
    int scale = known ? from.scale() : USUAL_SCALE;
    LogicalTypeAnnotation meaning = LogicalTypeAnnotation.decimalType(scale, precision);
    if (precision <= 9) {
      return annotated(PrimitiveTypeName.INT32, meaning, name);
    }
    return precision <= 18
        ? annotated(PrimitiveTypeName.INT64, meaning, name)
        : fixed(bytesFor(precision), meaning, name);
  }

  private static int bytesFor(int precision) {
    return BigInteger.TEN.pow(precision).bitLength() / 8 + 1;
  }

  static int scale(PrimitiveType type) {
    return ((DecimalLogicalTypeAnnotation) type.getLogicalTypeAnnotation()).getScale();
  }

  static int precision(PrimitiveType type) {
    return ((DecimalLogicalTypeAnnotation) type.getLogicalTypeAnnotation()).getPrecision();
  }

  static boolean isNanos(PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return (meaning instanceof TimestampLogicalTypeAnnotation moment
            && moment.getUnit() == TimeUnit.NANOS)
        || (meaning instanceof TimeLogicalTypeAnnotation time && time.getUnit() == TimeUnit.NANOS);
  }
}
