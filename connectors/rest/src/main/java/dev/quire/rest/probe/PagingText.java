package dev.quire.rest.probe;

import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.Signal;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes paging as a spec has it. */
public final class PagingText {
  private PagingText() {}

  /** The value of {@code paging}. */
  public static String of(PagingSpec paging) {
    if (paging instanceof PagingSpec.LinkHeader) {
      return "{style: link_header}";
    }
    if (paging instanceof PagingSpec.NextUrl next) {
      return "{style: next_url, at: " + signal(next.at()) + more(next.more()) + "}";
    }
    if (paging instanceof PagingSpec.Token token) {
      return token(token);
    }
    if (paging instanceof PagingSpec.TokenObject object) {
      return "{style: token_object, at: " + Words.quoted(object.at().toString()) + "}";
    }
    if (paging instanceof PagingSpec.Keyset keyset) {
      return "{style: keyset, value: %s, %s%s}"
          .formatted(
              Words.quoted(keyset.value().toString()), place(keyset.to()), more(keyset.more()));
    }
    if (paging instanceof PagingSpec.Count count) {
      return "{style: %s, %s, start: %d%s}"
          .formatted(
              count.byPage() ? "page" : "offset", place(count.to()), count.start(), end(count));
    }
    return "{style: none}";
  }

  private static String token(PagingSpec.Token token) {
    String parts =
        token.parts().stream()
            .map(part -> "from: " + signal(part.from()) + ", " + place(part.to()))
            .collect(Collectors.joining("}, {"));
    return token.parts().size() == 1
        ? "{style: token, " + parts + more(token.more()) + "}"
        : "{style: token, parts: [{" + parts + "}]" + more(token.more()) + "}";
  }

  /** {@code parameter: limit}. */
  public static String place(Place place) {
    String kind =
        switch (place.kind()) {
          case HEADER -> "header";
          case BODY -> "body";
          default -> "parameter";
        };
    return kind + ": " + Words.quoted(place.name());
  }

  /** A pointer, or a header. */
  public static String signal(Signal signal) {
    if (signal instanceof Signal.InHeader header) {
      return "{header: " + Words.quoted(header.name()) + "}";
    }
    if (signal instanceof Signal.InLastRow row) {
      return "{last_row: " + Words.quoted(row.pointer().toString()) + "}";
    }
    return Words.quoted(signal.toString());
  }

  private static String more(Optional<Signal> more) {
    return more.map(flag -> ", more: " + signal(flag)).orElse("");
  }

  private static String end(PagingSpec.Count count) {
    if (count.end() instanceof PagingSpec.Total total) {
      return (count.byPage() ? ", pages: " : ", total: ") + signal(total.at());
    }
    if (count.end() instanceof PagingSpec.More more) {
      return ", more: " + signal(more.at());
    }
    return count.end() instanceof PagingSpec.ShortPage ? ", end: short_page" : "";
  }
}
