package dev.quire.rest.openapi;

import dev.quire.rest.openapi.ListOperation.Parameter;
import dev.quire.rest.probe.PagingText;
import dev.quire.rest.probe.Words;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.PagingSpec.Count;
import dev.quire.rest.spec.PagingSpec.Token;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What parameters, headers and members say about paging, by the names that are usual. */
final class PagingHints {
  private static final Set<String> NEXT_URLS =
      Set.of("nexturl", "nextlink", "@odata.nextlink", "nextrecordsurl", "nexthref", "nextpageurl");
  private static final Set<String> NEXT_TOKENS =
      Set.of(
          "nextcursor",
          "nextpagetoken",
          "nexttoken",
          "continuationtoken",
          "nextcontinuationtoken",
          "endcursor",
          "cursor",
          "nextmarker",
          "next",
          "continuation",
          "after");
  private static final Set<String> FLAGS =
      Set.of("hasmore", "hasnext", "hasnextpage", "istruncated");
  private static final Pattern MOST =
      Pattern.compile("(?i)\\bmax(?:imum)?(?:\\W| of| is| value| page size){0,6}(\\d{1,6})\\b");
  private static final int DEEPEST = 3;

  private final ListOperation operation;
  private final List<Parameter> query;
  private final Map<Pointer, Schema> members = new LinkedHashMap<>();

  PagingHints(ListOperation operation) {
    this.operation = operation;
    this.query = operation.in("query");
    if (!operation.at().steps().isEmpty()) {
      collect(operation.answer(), List.of());
    }
  }

  private void collect(Schema schema, List<String> at) {
    schema
        .properties()
        .forEach(
            (name, property) -> {
              List<String> steps = new ArrayList<>(at);
              steps.add(name);
              if (property.isObject() && steps.size() < DEEPEST) {
                collect(property, steps);
              } else if (!property.isObject() && !property.isArray()) {
                members.put(new Pointer(steps), property);
              }
            });
  }

  /** The style that is meant, most likely. */
  Optional<PagingSpec> paging() {
    if (operation.headers().stream().anyMatch("Link"::equalsIgnoreCase)) {
      return Optional.of(new PagingSpec.LinkHeader("next"));
    }
    return token()
        .or(this::nextUrl)
        .or(this::keyset)
        .or(() -> count(Words.OFFSETS, false))
        .or(() -> count(Words.PAGES, true));
  }

  private Optional<PagingSpec> nextUrl() {
    return members.entrySet().stream()
        .filter(each -> each.getValue().types().contains("string"))
        .filter(each -> isNextUrl(each.getKey(), each.getValue()))
        .findFirst()
        .map(each -> new PagingSpec.NextUrl(new Signal.InBody(each.getKey()), Optional.empty()));
  }

  private static boolean isNextUrl(Pointer at, Schema schema) {
    List<String> steps = at.steps();
    String name = Words.bare(steps.get(steps.size() - 1));
    String parent = steps.size() > 1 ? Words.bare(steps.get(steps.size() - 2)) : "";
    boolean uri = schema.keyword("format").orElse("").startsWith("ur");
    return NEXT_URLS.contains(name)
        || name.equals("next") && (uri || parent.matches("_?links|paging|pagination|meta|"))
        || name.equals("href") && parent.equals("next");
  }

  private Optional<PagingSpec> token() {
    for (Map.Entry<Pointer, Schema> each : members.entrySet()) {
      List<String> steps = each.getKey().steps();
      String name = steps.get(steps.size() - 1);
      if (NEXT_TOKENS.contains(Words.bare(name))) {
        Optional<Parameter> to =
            query.stream()
                .filter(
                    parameter ->
                        parameter.name().equals(name) || Words.TOKENS.contains(parameter.name()))
                .findFirst();
        if (to.isPresent()) {
          Token.Part part =
              new Token.Part(new Signal.InBody(each.getKey()), Place.parameter(to.get().name()));
          return Optional.of(new Token(List.of(part), Optional.empty(), false));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<PagingSpec> keyset() {
    boolean id = operation.row().properties().containsKey("id");
    return query.stream()
        .filter(each -> each.name().equals("starting_after") || each.name().equals("since_id"))
        .filter(each -> id)
        .findFirst()
        .map(
            each ->
                new PagingSpec.Keyset(
                    Pointer.to("id"), Place.parameter(each.name()), false, signal(FLAGS)));
  }

  private Optional<PagingSpec> count(List<String> names, boolean byPage) {
    return query.stream()
        .filter(each -> names.contains(each.name()) && each.isNumber())
        .findFirst()
        .map(
            each -> {
              int usual = byPage || each.name().equals("startIndex") ? 1 : 0;
              int start =
                  each.schema()
                      .number("default")
                      .or(() -> each.schema().number("minimum"))
                      .orElse(usual);
              Optional<Signal> total = byPage ? signal(PAGES) : total();
              PagingSpec.End end =
                  total
                      .<PagingSpec.End>map(PagingSpec.Total::new)
                      .or(() -> signal(FLAGS).map(PagingSpec.More::new))
                      .orElseGet(PagingSpec.EmptyPage::new);
              return new Count(Place.parameter(each.name()), byPage, Math.min(start, 1), end, true);
            });
  }

  private static final Set<String> PAGES =
      Set.of("totalpages", "pages", "pagecount", "lastpage", "numpages");

  private Optional<Signal> signal(Set<String> names) {
    return members.keySet().stream()
        .filter(at -> names.contains(Words.bare(at.steps().get(at.steps().size() - 1))))
        .findFirst()
        .map(Signal.InBody::new);
  }

  /** Where the number of all rows is said. */
  Optional<Signal> total() {
    return members.entrySet().stream()
        .filter(each -> each.getValue().types().contains("integer"))
        .map(Map.Entry::getKey)
        .filter(at -> isTotal(at.steps().get(at.steps().size() - 1)))
        .findFirst()
        .<Signal>map(Signal.InBody::new)
        .or(
            () ->
                operation.headers().stream()
                    .filter(name -> Words.TOTAL_HEADERS.stream().anyMatch(name::equalsIgnoreCase))
                    .findFirst()
                    .map(Signal.InHeader::new));
  }

  /** The value of {@code page_size}. */
  Optional<String> pageSize() {
    return size()
        .map(
            size -> {
              Optional<Integer> most = most(size);
              String usual =
                  most.or(() -> size.schema().number("default").filter(n -> n > 0))
                      .map(n -> ", usual: " + n)
                      .orElse("");
              return "{"
                  + PagingText.place(Place.parameter(size.name()))
                  + usual
                  + most.map(n -> ", most: " + n).orElse("")
                  + "}";
            });
  }

  /** The maximum, which some say only in words: {@code (max 100)}. */
  private static Optional<Integer> most(Parameter size) {
    Matcher said = MOST.matcher(size.description());
    return size.schema()
        .number("maximum")
        .or(() -> said.find() ? Optional.of(Integer.valueOf(said.group(1))) : Optional.empty())
        .filter(number -> number > 0);
  }

  private Optional<Parameter> size() {
    return query.stream().filter(PagingHints::isSize).findFirst();
  }

  private static boolean isSize(Parameter parameter) {
    return Words.SIZES.contains(parameter.name()) && parameter.isNumber();
  }

  static boolean isPaging(Parameter parameter) {
    String name = parameter.name();
    return parameter.in().equals("query")
        && (isSize(parameter)
            || (Words.OFFSETS.contains(name) || Words.PAGES.contains(name)) && parameter.isNumber()
            || Words.TOKENS.contains(name)
            || name.equals("starting_after")
            || name.equals("ending_before")
            || name.equals("before")
            || name.equals("since_id"));
  }

  static boolean isTotal(String name) {
    return Set.of(
            "total",
            "totalcount",
            "totalresults",
            "totalsize",
            "totalitems",
            "totalelements",
            "count",
            "totalrecords")
        .contains(Words.bare(name));
  }
}
