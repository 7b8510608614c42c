package dev.quire.rest.probe;

import dev.quire.rest.probe.Scene.Finding;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.PagingSpec.Token;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Signal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds styles whose answers say where the next page is: links and tokens. */
final class LinkStyles {
  private static final String TOKEN = ".*(next|cursor|token|continu|marker|bookmark).*";
  private static final String BACKWARDS = ".*(prev|first|start|self|before|last).*";

  private final Scene scene;

  LinkStyles(Scene scene) {
    this.scene = scene;
  }

  Optional<Finding> find() {
    return Stream.<Supplier<Optional<Finding>>>of(
            () -> scene.verified(new PagingSpec.LinkHeader("next")),
            this::nextUrl,
            this::object,
            this::token,
            this::headerToken)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Finding> nextUrl() {
    for (Map.Entry<Pointer, Object> each : scene.first().scalars().entrySet()) {
      if (each.getValue() instanceof String text && isNextUrl(each.getKey(), text)) {
        PagingSpec spec =
            new PagingSpec.NextUrl(new Signal.InBody(each.getKey()), Optional.empty());
        Optional<Finding> found = scene.verified(spec);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isNextUrl(Pointer at, String text) {
    List<String> steps = at.steps();
    String ends =
        String.join("/", steps.subList(Math.max(0, steps.size() - 2), steps.size()))
            .toLowerCase(Locale.ROOT);
    boolean url = text.matches("(https?://|/|\\?).+") || text.matches("\\S+\\?\\S+=\\S*");
    return url && ends.contains("next");
  }

  /** MediaWiki's {@code continue}: an object whose members are the parameters. */
  private Optional<Finding> object() {
    if (!(scene.first().tree() instanceof Map<?, ?> top)) {
      return Optional.empty();
    }
    for (String name : List.of("continue", "query-continue", "next", "cursor")) {
      if (top.get(name) instanceof Map<?, ?> members
          && !members.isEmpty()
          && members.values().stream()
              .allMatch(v -> v instanceof String || v instanceof BigDecimal)) {
        Optional<Finding> found = scene.verified(new PagingSpec.TokenObject(Pointer.to(name)));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> token() {
    for (Map.Entry<Pointer, Object> each : scene.first().scalars().entrySet()) {
      String value = each.getValue().toString();
      if (value.isBlank() || each.getValue() instanceof Boolean || !isToken(each.getKey())) {
        continue;
      }
      List<String> names = names(Words.last(each.getKey()), Words.TOKENS);
      Optional<Finding> found =
          heeded(scene.places(names), value)
              .flatMap(to -> token(new Signal.InBody(each.getKey()), to, flag(each.getKey())));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isToken(Pointer at) {
    String name = Words.bare(at);
    return (name.matches(TOKEN) || name.equals("after")) && !name.matches(BACKWARDS);
  }

  private static List<String> names(String own, List<String> others) {
    Set<String> names = new LinkedHashSet<>();
    names.add(own);
    if (Words.bare(own).equals("nextpage")) {
      names.add("page");
    }
    names.addAll(others);
    return List.copyOf(names);
  }

  private Optional<Place> heeded(List<Place> places, String value) {
    return scene.server().findHeeded(scene.ask(), places, value, scene::isSame, scene::isOther);
  }

  private Optional<Finding> token(Signal from, Place to, Optional<Signal> more) {
    return scene.verified(new Token(List.of(new Token.Part(from, to)), more, false));
  }

  /** The flag beside a token that says whether there is more. */
  private Optional<Signal> flag(Pointer token) {
    List<String> parent = token.steps().subList(0, token.steps().size() - 1);
    return flags(scene.first())
        .filter(at -> at.steps().subList(0, at.steps().size() - 1).equals(parent))
        .findFirst()
        .map(Signal.InBody::new);
  }

  /** Places of flags that say that there is more. */
  static Stream<Pointer> flags(Sample sample) {
    return sample.scalars().entrySet().stream()
        .filter(each -> each.getValue().equals(Boolean.TRUE))
        .map(Map.Entry::getKey)
        .filter(at -> Words.FLAGS.contains(Words.bare(at)));
  }

  private Optional<Finding> headerToken() {
    List<String> parts = new ArrayList<>();
    Words.PART_HEADERS.forEach(
        name -> scene.first().header(name).ifPresent(value -> parts.add(name)));
    if (!parts.isEmpty()) {
      return scene.verified(new Token(parts(parts.get(0)), Optional.empty(), false));
    }
    for (String name : Words.TOKEN_HEADERS) {
      Optional<String> value = scene.first().header(name);
      if (value.isPresent()) {
        List<Place> places = new ArrayList<>(List.of(new Place(Place.Kind.HEADER, name)));
        String own = name.equalsIgnoreCase("X-Next-Page") ? "page" : "cursor";
        names(own, Words.TOKENS).forEach(each -> places.add(Place.parameter(each)));
        Optional<Finding> found =
            heeded(places, value.get())
                .flatMap(to -> token(new Signal.InHeader(name), to, Optional.empty()));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Azure's: entities go on at a partition and, mostly, a row; tables at a name. */
  private static List<Token.Part> parts(String first) {
    List<String> names =
        first.endsWith("TableName") ? List.of(first) : Words.PART_HEADERS.subList(0, 2);
    return names.stream()
        .map(
            name ->
                new Token.Part(
                    new Signal.InHeader(name),
                    Place.parameter(name.substring("x-ms-continuation-".length()))))
        .toList();
  }
}
