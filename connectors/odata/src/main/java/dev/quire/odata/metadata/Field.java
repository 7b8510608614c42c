package dev.quire.odata.metadata;

import dev.quire.odata.metadata.Model.EnumDef;
import dev.quire.spi.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column and the property behind it. Immutable.
 *
 * @param path names from the row's JSON object down to the value: one, or two in a complex
 *     property, behind the navigation property if there is one
 * @param uses what the service does with it in conditions and orders
 * @param enumeration the type of an ENUM
 * @param optionalParent whether the structure around it may be null
 * @param navigation the property that leads to the entity that has it; empty for the row itself
 */
public record Field(
    Column column,
    List<String> path,
    EdmKind kind,
    Uses uses,
    Optional<EnumDef> enumeration,
    boolean optionalParent,
    Optional<String> navigation) {

  public Field {
    path = List.copyOf(path);
  }

  /** A column that is read from a member of the row and that conditions and orders cannot name. */
  public static Field sent(Column column, String member, EdmKind kind) {
    return new Field(
        column, List.of(member), kind, new Uses(false, false), Optional.empty(), false);
  }

  /** Of the row itself. */
  public Field(
      Column column,
      List<String> path,
      EdmKind kind,
      Uses uses,
      Optional<EnumDef> enumeration,
      boolean optionalParent) {
    this(column, path, kind, uses, enumeration, optionalParent, Optional.empty());
  }

  /** The same property of the entity to which a navigation property leads: a hidden column. */
  Field behind(String property, boolean filters) {
    List<String> longer = new ArrayList<>(List.of(property));
    longer.addAll(path);
    Column hidden =
        new Column(
            property + "." + name(),
            column.type(),
            true,
            Set.of(Column.Trait.HIDDEN),
            column.remarks());
    return new Field(
        hidden,
        longer,
        kind,
        new Uses(filters && uses.filters(), false),
        enumeration,
        true,
        Optional.of(property));
  }

  /** The same where a variable stands for the row. */
  Field within(String variable) {
    List<String> longer = new ArrayList<>(List.of(variable));
    longer.addAll(path);
    return new Field(column, longer, kind, uses, enumeration, optionalParent, navigation);
  }

  Field withTraits(Column.Trait... traits) {
    return new Field(
        column.withTraits(traits), path, kind, uses, enumeration, optionalParent, navigation);
  }

  Field withUses(Uses said) {
    return new Field(column, path, kind, said, enumeration, optionalParent, navigation);
  }

  public String name() {
    return column.name();
  }

  /** Whether it holds the key of a row of another table, in Dataverse's form. */
  public boolean isLookup() {
    return kind == EdmKind.GUID
        && path.size() == 1
        && name().startsWith("_")
        && name().endsWith("_value");
  }

  /** As URLs write it: {@code address/city}. */
  public String urlPath() {
    return String.join("/", path);
  }

  /**
   * What {@code $select} names, of the entity that has it: OData 4.0 selects a complex property as
   * a whole, and an annotation comes with its property.
   */
  public String selected() {
    String first = path.get(navigation.isPresent() ? 1 : 0);
    int at = first.indexOf('@', 1);
    return at < 0 ? first : first.substring(0, at);
  }

  /** The term of the annotation that it is; empty for a property. */
  public Optional<String> term() {
    String last = path.get(path.size() - 1);
    int at = last.indexOf('@', 1);
    return at < 0 ? Optional.empty() : Optional.of(last.substring(at + 1));
  }
}
