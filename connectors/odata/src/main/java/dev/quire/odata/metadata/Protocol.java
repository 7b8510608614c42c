package dev.quire.odata.metadata;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of OData: all that differs between them in requests and in the frame of an answer
 * stands here. Version 3 is version 2 with other names in its JSON ([MS-ODATA], sections 2.2.5.1
 * and 2.2.6.3). Immutable.
 */
public enum Protocol {
  V2("2.0"),
  V3("3.0"),
  V4("4.0"),
  /** as 4.0, and answers and filters may use what 4.01 added */
  V401("4.01");

  private final String version;

  Protocol(String version) {
    this.version = version;
  }

  /** The versions as configuration writes them. */
  public static List<String> versions() {
    return Arrays.stream(values()).map(protocol -> protocol.version).toList();
  }

  public static Optional<Protocol> find(String version) {
    return Arrays.stream(values()).filter(protocol -> protocol.version.equals(version)).findFirst();
  }

  /** Whether it is version 2 or 3. */
  public boolean isOlder() {
    return this == V2 || this == V3;
  }

  /** The headers with which a request says what it speaks and what it understands. */
  public Map<String, String> headers() {
    return isOlder()
        ? Map.of("DataServiceVersion", version, "MaxDataServiceVersion", version)
        : Map.of("OData-Version", "4.0", "OData-MaxVersion", version);
  }

  /** A literal in a URL; {@code plain} is its value as version 4 writes it. */
  public String literal(EdmKind kind, String plain) {
    if (!isOlder()) {
      return plain;
    }
    return switch (kind) {
      case INT64 -> plain + "L";
      case DECIMAL -> plain + "M";
      case DOUBLE -> plain + "d";
      case GUID -> "guid'" + plain + "'";
      case DATE_TIME -> "datetime'" + plain + "'";
      case DATE_TIME_OFFSET -> "datetimeoffset'" + plain + "'";
      case TIME -> "time'" + plain + "'";
      default -> plain;
    };
  }

  /** The version's own name of a search in text. */
  public String search(String function) {
    return isOlder() && function.equals("contains") ? "substringof" : function;
  }

  /** The condition that a property contains a text. */
  public String contains(String path, String literal) {
    return isOlder()
        ? "substringof(" + literal + "," + path + ")"
        : "contains(" + path + "," + literal + ")";
  }

  /** Whether filters know the operator {@code in}. */
  public boolean hasIn() {
    return this == V401;
  }

  /** Whether the specification says where an order puts nulls. */
  public boolean placesNulls() {
    return !isOlder();
  }

  /**
   * Whether JSON shows times in milliseconds, while the service may keep and compare finer ones.
   */
  public boolean showsMilliseconds() {
    return this == V2;
  }

  /**
   * What a member of an answer says about the answer: {@code nextLink}, {@code count}, {@code
   * context} and more; empty for members that are no such word.
   */
  public Optional<String> control(String member) {
    if (isOlder()) {
      return switch (member) {
        case "__next", "odata.nextLink" -> Optional.of("nextLink");
        case "__count", "odata.count" -> Optional.of("count");
        case "odata.metadata" -> Optional.of("context");
        default -> Optional.empty();
      };
    }
    // Version 4.0 writes @odata.nextLink, version 4.01 @nextLink.
    return member.startsWith("@")
        ? Optional.of(member.substring(member.startsWith("@odata.") ? 7 : 1))
        : Optional.empty();
  }

  /** Whether a member of an answer is the object or list around all that it says. */
  public boolean isEnvelope(String member) {
    return isOlder() && member.equals("d");
  }

  /** Whether a member of an answer, or of its envelope, is the list of rows. */
  public boolean isRows(String member) {
    return member.equals("value") || (isOlder() && member.equals("results"));
  }

  /** The list of rows, for messages. */
  public String rows() {
    return isOlder() ? "d.results" : "value";
  }

  /**
   * Whether a next link leads to more rows of the same collection. SAP's services for replication
   * end a collection with a link to later changes.
   */
  public boolean leadsOn(String nextLink) {
    return !isOlder()
        || !(nextLink.contains("!deltatoken=") || nextLink.contains("%21deltatoken="));
  }

  /** As configuration writes it. */
  @Override
  public String toString() {
    return version;
  }
}
