package dev.quire.odata.fetchxml;

import dev.quire.spi.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A query as the user wrote it, and as it is sent for one page (learn.microsoft.com, "Page results
 * using FetchXml"). Immutable.
 */
public final class FetchXml {
  private final Element root;
  private final Element entity;

  private FetchXml(Element root, Element entity) {
    this.root = root;
    this.entity = entity;
  }

  /**
   * Reads a query.
   *
   * @throws SourceException INVALID_STATEMENT, with the place in the text, for what is not
   *     well-formed, for what is no query, and for paging, which is not the user's
   */
  public static FetchXml parse(String text) {
    Element root = ElementReader.read(text);
    if (!root.name().equals("fetch")) {
      throw root.fault("the outermost element is <" + root.name() + ">, and must be <fetch>");
    }
    List<Element> entities = root.children("entity");
    if (entities.size() != 1) {
      throw root.fault("<fetch> has " + entities.size() + " <entity>, and must have one");
    }
    FetchXml query = new FetchXml(root, entities.get(0));
    query.check();
    return query;
  }

  private void check() {
    entity.require("name");
    for (String paging : List.of("page", "paging-cookie")) {
      if (root.find(paging).isPresent()) {
        throw root.fault(
            "leave out the attribute '"
                + paging
                + "': the pages are followed here, from the first; LIMIT and OFFSET choose rows");
      }
    }
    OptionalInt count = count();
    if (top().isPresent() && count.isPresent()) {
      throw root.fault("'top' and 'count' exclude each other: leave one out");
    }
  }

  Element entity() {
    return entity;
  }

  /** The logical name of its table. */
  public String entityName() {
    return entity.require("name");
  }

  /** Whether its rows are groups. */
  public boolean isAggregate() {
    return root.is("aggregate");
  }

  /** The most rows of all, without pages. */
  public OptionalInt top() {
    return number("top");
  }

  /** The page size that the user wants. */
  public OptionalInt count() {
    return number("count");
  }

  private OptionalInt number(String attribute) {
    Optional<String> text = root.find(attribute);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("[1-9]\\d{0,8}")) {
      throw root.fault(
          "'" + attribute + "' is '" + text.get() + "', and must be a whole number above 0");
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  /** The query for all its rows at once. */
  public String whole() {
    return text(root);
  }

  /**
   * The query for one page.
   *
   * @param number from 1
   * @param cookie where the page before ended, as XML; empty for the first page, and for services
   *     that send none
   */
  public String page(int number, int size, Optional<String> cookie) {
    Map<String, String> paging = new LinkedHashMap<>();
    paging.put("count", Integer.toString(size));
    paging.put("page", Integer.toString(number));
    cookie.ifPresent(text -> paging.put("paging-cookie", text));
    return text(root.with(paging));
  }

  private static String text(Element root) {
    StringBuilder out = new StringBuilder();
    root.write(out);
    return out.toString();
  }
}
