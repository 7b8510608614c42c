package dev.quire.sample;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A query in FetchXML over one table: attributes, filters, orders, pages. Links and aggregates are
 * refused. Immutable.
 *
 * @param page from 1
 * @param cookie as the client sent it; empty for none
 */
record FetchQuery(ScanQuery scan, int page, int count, boolean limited, String cookie) {

  static FetchQuery parse(SampleTable table, String xml) {
    Element fetch = root(xml);
    Element entity = only(fetch, "entity");
    if (!entity.getAttribute("name").equals(table.entityName())) {
      throw ODataFault.badRequest(
          "0x80041102",
          "The entity of the FetchXML is not that of the entity set: " + table.setName());
    }
    if (fetch.getAttribute("aggregate").equals("true")
        || !children(entity, "link-entity").isEmpty()) {
      throw ODataFault.malformed("The sample service has no aggregates and links in FetchXML.");
    }
    OptionalInt top = number(fetch, "top");
    return new FetchQuery(
        scan(table, entity),
        number(fetch, "page").orElse(1),
        Math.min(top.orElse(number(fetch, "count").orElse(5_000)), Preferences.LARGEST_PAGE),
        top.isPresent(),
        fetch.getAttribute("paging-cookie"));
  }

  private static ScanQuery scan(SampleTable table, Element entity) {
    List<String> names = new ArrayList<>();
    for (Element attribute : children(entity, "attribute")) {
      if (!attribute.getAttribute("alias").isEmpty()) {
        throw ODataFault.malformed("The sample service has no aliases in FetchXML.");
      }
      names.add(column(table, attribute.getAttribute("name")).name());
    }
    boolean all = names.isEmpty() || !children(entity, "all-attributes").isEmpty();
    String filter = filter(table, entity);
    String order =
        children(entity, "order").stream()
            .map(each -> order(table, each))
            .collect(Collectors.joining(","));
    return ScanQuery.parse(
        table, name -> option(name, all ? "" : String.join(",", names), filter, order), List.of());
  }

  private static @Nullable String option(String name, String select, String filter, String order) {
    String value =
        switch (name) {
          case "$select" -> select;
          case "$filter" -> filter;
          case "$orderby" -> order;
          default -> "";
        };
    return value.isEmpty() ? null : value;
  }

  private static String order(SampleTable table, Element order) {
    String name = column(table, order.getAttribute("attribute")).name();
    return order.getAttribute("descending").equals("true") ? name + " desc" : name;
  }

  /** The filters below an element, as OData writes them. */
  private static String filter(SampleTable table, Element parent) {
    return children(parent, "filter").stream()
        .map(filter -> group(table, filter))
        .collect(Collectors.joining(" and "));
  }

  private static String group(SampleTable table, Element filter) {
    String glue = filter.getAttribute("type").equals("or") ? " or " : " and ";
    List<String> parts = new ArrayList<>();
    children(filter, "condition").forEach(each -> parts.add(condition(table, each)));
    children(filter, "filter").forEach(each -> parts.add(group(table, each)));
    return "(" + String.join(glue, parts) + ")";
  }

  private static String condition(SampleTable table, Element condition) {
    SampleColumn column = column(table, condition.getAttribute("attribute"));
    String operator = condition.getAttribute("operator");
    String value = condition.getAttribute("value");
    return switch (operator) {
      case "eq", "gt", "ge", "lt", "le" ->
          column.name() + " " + operator + " " + literal(column, value);
      case "ne", "neq" ->
          "(%1$s ne %2$s and %1$s ne null)".formatted(column.name(), literal(column, value));
      case "null" -> column.name() + " eq null";
      case "not-null" -> column.name() + " ne null";
      case "like" -> like(column, value);
      case "in" ->
          children(condition, "value").stream()
              .map(each -> column.name() + " eq " + literal(column, each.getTextContent()))
              .collect(Collectors.joining(" or ", "(", ")"));
      default ->
          throw ODataFault.badRequest(
              "0x80041103", "The sample service has no operator '" + operator + "'.");
    };
  }

  private static String like(SampleColumn column, String pattern) {
    boolean open = pattern.startsWith("%");
    boolean more = pattern.endsWith("%") && pattern.length() > 1;
    String text =
        literal(column, pattern.substring(open ? 1 : 0, pattern.length() - (more ? 1 : 0)));
    String function = open ? (more ? "contains" : "endswith") : more ? "startswith" : "";
    return function.isEmpty()
        ? column.name() + " eq " + text
        : function + "(" + column.name() + "," + text + ")";
  }

  private static String literal(SampleColumn column, String value) {
    return switch (column.type()) {
      case STRING -> "'" + value.replace("'", "''") + "'";
      case BOOLEAN -> value.equals("1") || value.equals("true") ? "true" : "false";
      case GUID -> value.replaceAll("[{}]", "");
      default -> value;
    };
  }

  /** FetchXML names a lookup without what OData puts around its name. */
  private static SampleColumn column(SampleTable table, String name) {
    Optional<SampleColumn> lookup = table.findColumn("_" + name + "_value");
    return lookup.isPresent() ? lookup.get() : table.requireColumn(name);
  }

  private static OptionalInt number(Element element, String attribute) {
    String text = element.getAttribute(attribute);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw invalid("'" + attribute + "' is '" + text + "'");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  private static Element root(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static ODataFault invalid(String problem) {
    return ODataFault.badRequest("0x80041129", "Invalid XML: " + problem);
  }

  private static Element only(Element parent, String name) {
    List<Element> found = children(parent, name);
    if (found.size() != 1) {
      throw invalid("one <" + name + "> is expected");
    }
    return found.get(0);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
