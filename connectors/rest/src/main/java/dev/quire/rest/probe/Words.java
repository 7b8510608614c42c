package dev.quire.rest.probe;

import dev.quire.rest.json.JsonText;
import dev.quire.rest.spec.Pointer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words that APIs use for paging, and texts as YAML has them. */
public final class Words {
  /** Parameters that say how many rows a page has. */
  public static final List<String> SIZES =
      List.of(
          "limit",
          "per_page",
          "page_size",
          "pageSize",
          "perPage",
          "_limit",
          "maxResults",
          "size",
          "$top",
          "n",
          "count",
          "first",
          "page[size]",
          "max_results",
          "rows",
          "top");

  /** Parameters that say how many rows went before. */
  public static final List<String> OFFSETS =
      List.of(
          "offset",
          "skip",
          "_start",
          "start",
          "startAt",
          "startIndex",
          "$skip",
          "from",
          "sysparm_offset",
          "page[offset]");

  /** Parameters that number pages. */
  public static final List<String> PAGES =
      List.of("page", "_page", "page_number", "pageNumber", "pageNo", "p", "page[number]");

  /** Parameters that take a token. */
  public static final List<String> TOKENS =
      List.of(
          "cursor",
          "page_token",
          "pageToken",
          "next_token",
          "nextToken",
          "after",
          "continuation",
          "continuation_token",
          "continuationToken",
          "marker",
          "page[after]",
          "token");

  /** Parameters that take the last row's key. */
  public static final List<String> KEYSETS =
      List.of(
          "starting_after",
          "after",
          "since_id",
          "after_id",
          "last_id",
          "last",
          "start_after",
          "startAfter",
          "max_id",
          "cursor");

  /** Members that are rows, in the order in which they are believed. */
  public static final List<String> LISTS =
      List.of(
          "data",
          "items",
          "results",
          "value",
          "values",
          "records",
          "entries",
          "resources",
          "rows",
          "hits",
          "nodes",
          "edges",
          "list",
          "content",
          "result",
          "objects");

  static final Set<String> TOTALS =
      Set.of(
          "total",
          "totalcount",
          "totalresults",
          "totalsize",
          "totalitems",
          "totalelements",
          "totalrecords",
          "filteredcount",
          "count",
          "numfound",
          "@odata.count");
  static final Set<String> PAGE_TOTALS =
      Set.of("totalpages", "pages", "pagecount", "lastpage", "numpages", "pagetotal");
  static final Set<String> FLAGS =
      Set.of(
          "hasmore",
          "hasnext",
          "hasnextpage",
          "more",
          "istruncated",
          "truncated",
          "moreresults",
          "hasmoreresults");

  /** Headers that say how many rows there are. */
  public static final List<String> TOTAL_HEADERS =
      List.of("X-Total-Count", "X-Total", "X-WP-Total", "Total-Count", "X-Total-Results");

  static final List<String> PAGE_HEADERS = List.of("X-WP-TotalPages", "X-Total-Pages");

  /** Headers with a token, and the header that takes it back where it is one. */
  static final List<String> TOKEN_HEADERS =
      List.of(
          "x-ms-continuation",
          "X-Next-Cursor",
          "X-Next-Token",
          "X-Next-Page-Token",
          "X-Continuation-Token",
          "X-Next-Page",
          "Next-Token");

  /** Headers whose values become parameters together. */
  static final List<String> PART_HEADERS =
      List.of(
          "x-ms-continuation-NextPartitionKey",
          "x-ms-continuation-NextRowKey",
          "x-ms-continuation-NextTableName");

  /** All headers that are of use. */
  static final List<String> HEADERS =
      java.util.stream.Stream.of(
              List.of("Link"), TOTAL_HEADERS, PAGE_HEADERS, TOKEN_HEADERS, PART_HEADERS)
          .flatMap(List::stream)
          .toList();

  private static final Set<String> SECRETS =
      Set.of(
          "sig",
          "signature",
          "token",
          "access_token",
          "auth_token",
          "id_token",
          "key",
          "api_key",
          "apikey",
          "api-key",
          "subscription-key",
          "code",
          "client_secret",
          "password",
          "secret",
          "private_token",
          "authorization",
          "proxy-authorization",
          "cookie",
          "x-api-key",
          "x-auth-token");

  private Words() {}

  /** The last step of a pointer in lower case, without the underscores. */
  static String bare(Pointer pointer) {
    return bare(last(pointer));
  }

  /** In lower case, without the underscores. */
  public static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "");
  }

  static String last(Pointer pointer) {
    List<String> steps = pointer.steps();
    return steps.isEmpty() ? "" : steps.get(steps.size() - 1);
  }

  /** Whether a parameter or header of this name is likely to carry a secret. */
  public static boolean isSecret(String name) {
    return SECRETS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** As it is where nothing in it means anything to YAML, else in quotes. */
  public static String quoted(String text) {
    boolean plain = text.matches("[A-Za-z_/][\\w/]*") && !text.matches("(?i)null|true|false");
    return plain ? text : JsonText.of(text);
  }
}
