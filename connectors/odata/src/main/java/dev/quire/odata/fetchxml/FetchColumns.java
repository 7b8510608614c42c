package dev.quire.odata.fetchxml;

import dev.quire.odata.metadata.DisplayTexts;
import dev.quire.odata.metadata.EdmKind;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Field;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The columns that a query gives, found in the query and the model: attributes of the entity, those
 * of linked ones with the link's alias before them, and aggregates by their alias. Used once, by
 * one thread.
 */
public final class FetchColumns {
  private final boolean aggregate;
  private final Function<String, Optional<EntityTable>> tables;
  private final DisplayTexts texts;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final List<Field> beside = new ArrayList<>();

  private FetchColumns(
      boolean aggregate, Function<String, Optional<EntityTable>> tables, DisplayTexts texts) {
    this.aggregate = aggregate;
    this.tables = tables;
    this.texts = texts;
  }

  /**
   * Finds the columns.
   *
   * @param tables by logical name
   * @throws SourceException UNKNOWN_NAME or INVALID_STATEMENT, with the place in the query
   */
  public static List<Field> of(
      FetchXml query, Function<String, Optional<EntityTable>> tables, DisplayTexts texts) {
    FetchColumns columns = new FetchColumns(query.isAggregate(), tables, texts);
    columns.addEntity(query.entity(), "");
    columns.beside.forEach(field -> columns.fields.putIfAbsent(field.name(), field));
    return List.copyOf(columns.fields.values());
  }

  private void addEntity(Element entity, String alias) {
    List<Element> attributes = entity.children("attribute");
    boolean all = !entity.children("all-attributes").isEmpty();
    boolean links = !alias.isEmpty();
    if (all || !attributes.isEmpty() || !links) {
      EntityTable table = requireTable(entity);
      if (all || (!links && attributes.isEmpty() && !aggregate)) {
        addAll(table, alias);
      }
      attributes.forEach(attribute -> addAttribute(table, attribute, alias));
    }
    for (Element link : entity.children("link-entity")) {
      addEntity(link, requireAlias(link));
    }
  }

  private EntityTable requireTable(Element entity) {
    String name = entity.require("name");
    return tables
        .apply(name)
        .orElseThrow(
            () ->
                entity.fault(
                    ErrorKind.UNKNOWN_NAME,
                    "$metadata has no table with the logical name '" + name + "'"));
  }

  /** Dataverse makes up an alias where there is none, and nobody can tell which. */
  private String requireAlias(Element link) {
    boolean named =
        link.children("attribute").stream().allMatch(each -> each.find("alias").isPresent());
    if (link.find("alias").isEmpty() && !(named && link.children("all-attributes").isEmpty())) {
      throw link.fault(
          "<link-entity name=\""
              + link.require("name")
              + "\"> has columns, so it needs an alias: its columns are named alias.attribute");
    }
    return link.find("alias").orElse(link.require("name"));
  }

  private void addAll(EntityTable table, String alias) {
    for (Column column : table.schema().columns()) {
      Field field = table.requireField(column.name());
      boolean property = field.path().size() == 1 && field.term().isEmpty();
      if (property && field.kind() != EdmKind.STRUCTURE) {
        add(field, alias.isEmpty() ? field.name() : alias + "." + logicalName(field));
      }
    }
  }

  private void addAttribute(EntityTable table, Element attribute, String link) {
    String name = attribute.require("name");
    Field field = find(table, name).orElseThrow(() -> unknown(table, attribute, name));
    Optional<String> alias = attribute.find("alias");
    if (aggregate && alias.isEmpty()) {
      throw attribute.fault(
          "<attribute name=\"" + name + "\"> needs an alias: its column is named by it");
    }
    String plain = link.isEmpty() ? field.name() : link + "." + name;
    add(aggregate ? computed(field, attribute) : field, alias.orElse(plain));
  }

  /** A lookup is known here by {@code _name_value}, and to queries by its name. */
  private static Optional<Field> find(EntityTable table, String name) {
    Field lookup = table.field("_" + name + "_value");
    return Optional.ofNullable(lookup == null ? table.field(name) : lookup);
  }

  private static String logicalName(Field field) {
    String name = field.name();
    return field.isLookup() ? name.substring(1, name.length() - "_value".length()) : name;
  }

  private static SourceException unknown(EntityTable table, Element attribute, String name) {
    List<String> known =
        table.schema().columns().stream()
            .map(column -> logicalName(table.requireField(column.name())))
            .toList();
    return attribute.fault(
        ErrorKind.UNKNOWN_NAME,
        "'"
            + table.logicalName()
            + "' has no attribute '"
            + name
            + "'. "
            + Nearest.question(name, known)
                .orElse("quire describe shows the columns of its table."));
  }

  /** The field with the type of what is computed of it. */
  private static Field computed(Field field, Element attribute) {
    if (attribute.find("dategrouping").isPresent() || attribute.find("rowaggregate").isPresent()) {
      return typed(field, EdmKind.INT32, DataType.INTEGER);
    }
    return switch (attribute.find("aggregate").orElse("")) {
      case "count", "countcolumn" -> typed(field, EdmKind.INT64, DataType.BIGINT);
      case "sum", "avg" ->
          field.kind() == EdmKind.DOUBLE ? field : typed(field, EdmKind.DECIMAL, DataType.DECIMAL);
      default -> field;
    };
  }

  private static Field typed(Field field, EdmKind kind, DataType type) {
    Column column = new Column(field.name(), type, true, Set.of(), field.column().remarks());
    return Field.sent(column, field.name(), kind);
  }

  /** Adds a column that answers name as it is named here. Null comes as no member at all. */
  private void add(Field field, String name) {
    Column column =
        new Column(name, field.column().type(), true, Set.of(), field.column().remarks());
    Field added = Field.sent(column, name, field.kind());
    fields.putIfAbsent(name, added);
    beside.addAll(texts.of(added, field.isLookup()));
  }

  /**
   * Other names that answers may have for the columns, to the usual one: older versions encode the
   * dot after a link's alias.
   */
  public static Map<String, String> otherNames(List<Field> fields) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Field field : fields) {
      String name = field.path().get(0);
      int dot = name.indexOf('.');
      int at = name.indexOf('@');
      if (dot > 0 && (at < 0 || dot < at)) {
        names.put(name.substring(0, dot) + "_x002e_" + name.substring(dot + 1), name);
      }
    }
    return names;
  }
}
