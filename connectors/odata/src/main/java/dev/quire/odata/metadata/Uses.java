package dev.quire.odata.metadata;

/**
 * What a service says that its conditions and orders may do with a property. Immutable.
 *
 * @param filters whether conditions may name it
 * @param sorts whether an order may name it
 */
public record Uses(boolean filters, boolean sorts) {
  /** What holds where a service says nothing. */
  public static final Uses ALL = new Uses(true, true);

  /** Of the current element, by the attributes {@code sap:filterable} and {@code sap:sortable}. */
  static Uses of(XmlCursor property) {
    Uses uses = new Uses(property.flag("filterable", true), property.flag("sortable", true));
    return uses.filters && uses.sorts ? ALL : uses;
  }
}
