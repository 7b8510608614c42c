package dev.quire.rest.spec;

import dev.quire.rest.spec.PagingSpec.Count;
import dev.quire.rest.spec.PagingSpec.EmptyPage;
import dev.quire.rest.spec.PagingSpec.End;
import dev.quire.rest.spec.PagingSpec.Keyset;
import dev.quire.rest.spec.PagingSpec.LinkHeader;
import dev.quire.rest.spec.PagingSpec.More;
import dev.quire.rest.spec.PagingSpec.NextUrl;
import dev.quire.rest.spec.PagingSpec.None;
import dev.quire.rest.spec.PagingSpec.ShortPage;
import dev.quire.rest.spec.PagingSpec.Token;
import dev.quire.rest.spec.PagingSpec.TokenObject;
import dev.quire.rest.spec.PagingSpec.Total;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the paging part of a table. */
final class PagingReader {
  private static final List<String> STYLES =
      List.of(
          "none", "link_header", "next_url", "token", "token_object", "keyset", "offset", "page");

  private PagingReader() {}

  static PagingSpec paging(Yaml yaml) {
    Map<String, Yaml> all = yaml.section();
    return switch (yaml.require(all, "style").choice(STYLES)) {
      case "link_header" -> {
        Map<String, Yaml> section = yaml.section("style", "rel");
        yield new LinkHeader(Yaml.find(section, "rel").map(Yaml::text).orElse("next"));
      }
      case "next_url" -> {
        Map<String, Yaml> section = yaml.section("style", "at", "more");
        yield new NextUrl(signal(yaml.require(section, "at")), more(section));
      }
      case "token" -> token(yaml);
      case "token_object" -> {
        Map<String, Yaml> section = yaml.section("style", "at");
        yield new TokenObject(yaml.require(section, "at").pointer());
      }
      case "keyset" -> keyset(yaml);
      case "offset" -> offset(yaml);
      case "page" -> page(yaml);
      default -> {
        yaml.section("style");
        yield new None();
      }
    };
  }

  private static Optional<Signal> more(Map<String, Yaml> section) {
    return Yaml.find(section, "more").map(PagingReader::signal);
  }

  private static PagingSpec token(Yaml yaml) {
    Map<String, Yaml> section =
        yaml.section(
            "style", "from", "parameter", "header", "body", "parts", "more", "repeat_ends");
    List<Token.Part> parts = new ArrayList<>();
    Optional<Yaml> several = Yaml.find(section, "parts");
    if (several.isPresent()) {
      for (Yaml part : several.get().list()) {
        Map<String, Yaml> keys = part.section("from", "parameter", "header", "body");
        parts.add(new Token.Part(signal(part.require(keys, "from")), place(part, keys)));
      }
    } else {
      parts.add(new Token.Part(signal(yaml.require(section, "from")), place(yaml, section)));
    }
    boolean repeatEnds = Yaml.find(section, "repeat_ends").map(Yaml::flag).orElse(false);
    return new Token(parts, more(section), repeatEnds);
  }

  private static PagingSpec keyset(Yaml yaml) {
    Map<String, Yaml> section =
        yaml.section("style", "value", "parameter", "header", "body", "inclusive", "more");
    return new Keyset(
        yaml.require(section, "value").pointer(),
        place(yaml, section),
        Yaml.find(section, "inclusive").map(Yaml::flag).orElse(false),
        more(section));
  }

  private static PagingSpec offset(Yaml yaml) {
    Map<String, Yaml> section =
        yaml.section(
            "style", "parameter", "header", "body", "start", "total", "more", "end", "parallel");
    return count(yaml, section, false, "total");
  }

  private static PagingSpec page(Yaml yaml) {
    Map<String, Yaml> section =
        yaml.section(
            "style", "parameter", "header", "body", "start", "pages", "more", "end", "parallel");
    return count(yaml, section, true, "pages");
  }

  private static PagingSpec count(
      Yaml yaml, Map<String, Yaml> section, boolean byPage, String total) {
    End end = end(section, Yaml.find(section, total));
    Optional<Yaml> parallel = Yaml.find(section, "parallel");
    boolean wanted = parallel.map(Yaml::flag).orElse(true);
    if (parallel.isPresent() && wanted && !(end instanceof Total)) {
      throw parallel
          .get()
          .fault(
              "pages can be read side by side only where '" + total + "' says how many there are");
    }
    return new Count(place(yaml, section), byPage, start(section, byPage ? 1 : 0), end, wanted);
  }

  private static long start(Map<String, Yaml> section, long usual) {
    return Yaml.find(section, "start")
        .map(yaml -> yaml.text().equals("0") ? 0L : yaml.positive())
        .orElse(usual);
  }

  private static End end(Map<String, Yaml> section, Optional<Yaml> total) {
    Optional<Signal> more = more(section);
    Optional<Yaml> end = Yaml.find(section, "end");
    if (total.isPresent() && more.isEmpty() && end.isEmpty()) {
      return new Total(signal(total.get()));
    }
    if (more.isPresent() && total.isEmpty() && end.isEmpty()) {
      return new More(more.get());
    }
    if (total.isPresent() || more.isPresent()) {
      throw total
          .or(() -> Yaml.find(section, "more"))
          .orElseThrow()
          .fault("only one of total, pages, more and end can tell the last page");
    }
    return end.map(yaml -> yaml.choice(List.of("empty_page", "short_page")))
            .filter("short_page"::equals)
            .isPresent()
        ? new ShortPage()
        : new EmptyPage();
  }

  /** A JSON Pointer, or a section with {@code header} or {@code last_row}. */
  static Signal signal(Yaml yaml) {
    if (!yaml.isSection()) {
      return new Signal.InBody(yaml.pointer());
    }
    Map<String, Yaml> section = yaml.section("header", "last_row");
    if (section.size() != 1) {
      throw yaml.fault("either a header or the last row says it");
    }
    return Yaml.find(section, "header")
        .<Signal>map(header -> new Signal.InHeader(header.text()))
        .orElseGet(() -> new Signal.InLastRow(yaml.require(section, "last_row").pointer()));
  }

  /** Which of parameter, header and body is given. */
  static Place place(Yaml yaml, Map<String, Yaml> section) {
    List<Place> places = new ArrayList<>();
    Yaml.find(section, "parameter").ifPresent(name -> places.add(Place.parameter(name.text())));
    Yaml.find(section, "header")
        .ifPresent(name -> places.add(new Place(Place.Kind.HEADER, name.text())));
    Yaml.find(section, "body")
        .ifPresent(at -> places.add(new Place(Place.Kind.BODY, at.pointer().toString())));
    if (places.size() != 1) {
      throw yaml.fault("say where the value goes: one of parameter, header, body");
    }
    return places.get(0);
  }
}
