package dev.quire.export.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.UUIDType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.LogicalTypeAnnotationVisitor;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A flat schema as it stands in a file, with the older type names that older readers know. */
final class SchemaElements {
  private SchemaElements() {}

  static List<SchemaElement> of(MessageType schema) {
    List<SchemaElement> elements = new ArrayList<>();
    SchemaElement root = new SchemaElement(schema.getName());
    root.setNum_children(schema.getFieldCount());
    elements.add(root);
    schema.getFields().forEach(field -> elements.add(element(field.asPrimitiveType())));
    return elements;
  }

  private static SchemaElement element(PrimitiveType type) {
    SchemaElement element = new SchemaElement(type.getName());
    element.setType(physical(type));
    element.setRepetition_type(FieldRepetitionType.OPTIONAL);
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
      element.setType_length(type.getTypeLength());
    }
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    if (meaning != null) {
      meaning.accept(new Meaning(element));
    }
    return element;
  }

  static Type physical(PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BINARY -> Type.BYTE_ARRAY;
      default -> Type.valueOf(type.getPrimitiveTypeName().name());
    };
  }

  /** Writes a logical type into an element. */
  private record Meaning(SchemaElement element) implements LogicalTypeAnnotationVisitor<Boolean> {
    @Override
    public Optional<Boolean> visit(StringLogicalTypeAnnotation type) {
      return set(LogicalType.STRING(new StringType()), ConvertedType.UTF8);
    }

    @Override
    public Optional<Boolean> visit(JsonLogicalTypeAnnotation type) {
      return set(LogicalType.JSON(new JsonType()), ConvertedType.JSON);
    }

    @Override
    public Optional<Boolean> visit(DateLogicalTypeAnnotation type) {
      return set(LogicalType.DATE(new DateType()), ConvertedType.DATE);
    }

    @Override
    public Optional<Boolean> visit(IntLogicalTypeAnnotation type) {
      IntType width = new IntType((byte) type.getBitWidth(), type.isSigned());
      return set(LogicalType.INTEGER(width), ConvertedType.INT_16);
    }

    @Override
    public Optional<Boolean> visit(DecimalLogicalTypeAnnotation type) {
      element.setScale(type.getScale());
      element.setPrecision(type.getPrecision());
      DecimalType decimal = new DecimalType(type.getScale(), type.getPrecision());
      return set(LogicalType.DECIMAL(decimal), ConvertedType.DECIMAL);
    }

    @Override
    public Optional<Boolean> visit(TimeLogicalTypeAnnotation type) {
      element.setLogicalType(
          LogicalType.TIME(new TimeType(type.isAdjustedToUTC(), unit(type.getUnit()))));
      return Optional.of(true);
    }

    @Override
    public Optional<Boolean> visit(TimestampLogicalTypeAnnotation type) {
      element.setLogicalType(
          LogicalType.TIMESTAMP(new TimestampType(type.isAdjustedToUTC(), unit(type.getUnit()))));
      if (type.isAdjustedToUTC() && type.getUnit() == LogicalTypeAnnotation.TimeUnit.MICROS) {
        element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
      }
      return Optional.of(true);
    }

    @Override
    public Optional<Boolean> visit(UUIDLogicalTypeAnnotation type) {
      element.setLogicalType(LogicalType.UUID(new UUIDType()));
      return Optional.of(true);
    }

    private Optional<Boolean> set(LogicalType logical, ConvertedType older) {
      element.setLogicalType(logical);
      element.setConverted_type(older);
      return Optional.of(true);
    }

    private static TimeUnit unit(LogicalTypeAnnotation.TimeUnit unit) {
      return unit == LogicalTypeAnnotation.TimeUnit.NANOS
          ? TimeUnit.NANOS(new NanoSeconds())
          : TimeUnit.MICROS(new MicroSeconds());
    }
  }
}
