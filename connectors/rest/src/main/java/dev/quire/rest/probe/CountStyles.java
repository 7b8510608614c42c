package dev.quire.rest.probe;

import dev.quire.rest.json.JsonText;
import dev.quire.rest.json.JsonText.RawJson;
import dev.quire.rest.probe.Scene.Finding;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.PagingSpec.Count;
import dev.quire.rest.spec.PagingSpec.End;
import dev.quire.rest.spec.PagingSpec.Keyset;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Signal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds styles in which the caller says where to go on: offsets, pages, the last row's key. */
final class CountStyles {
  /** Further than any list that is probed goes. */
  private static final long FAR = 1_000_000_000L;

  private final Scene scene;
  private final List<@Nullable Object> rows;

  CountStyles(Scene scene) {
    this.scene = scene;
    this.rows = scene.first().rows(scene.rows());
  }

  Optional<Finding> find() {
    boolean flagged = LinkStyles.flags(scene.first()).findAny().isPresent();
    return sorted()
        .or(() -> flagged ? keyset() : Optional.empty())
        .or(this::offset)
        .or(this::page)
        .or(() -> flagged ? Optional.empty() : keyset());
  }

  /** Elasticsearch: rows say what they are sorted by. */
  private Optional<Finding> sorted() {
    Pointer sort = Pointer.to("sort");
    Place place = new Place(Place.Kind.BODY, "/search_after");
    if (!scene.ask().table().request().method().equals("POST") || at(sort) == null) {
      return Optional.empty();
    }
    return steps(place, sort)
        ? scene.verified(new Keyset(sort, place, false, Optional.empty()))
        : Optional.empty();
  }

  private Optional<Finding> keyset() {
    if (scene.key().isEmpty() || rows.size() < 2) {
      return Optional.empty();
    }
    Pointer key = scene.key().get().path();
    Object first = at(key);
    boolean inBody = scene.ask().table().request().method().equals("POST");
    Object value = first instanceof BigDecimal number ? number.toPlainString() : "" + first;
    return scene
        .server()
        .findHeeded(
            scene.ask(),
            scene.places(Words.KEYSETS),
            inBody ? new RawJson(JsonText.of(first)) : value,
            scene::isSame,
            sample -> scene.beginsWith(sample, 1))
        .flatMap(place -> scene.verified(new Keyset(key, place, false, more())));
  }

  private Optional<Signal> more() {
    return LinkStyles.flags(scene.first()).findFirst().map(Signal.InBody::new);
  }

  /** Whether the first row's value leads to the second row. */
  private boolean steps(Place place, Pointer key) {
    RawJson value = new RawJson(JsonText.of(at(key)));
    return rows.size() > 1
        && scene
            .server()
            .tried(scene.ask().with(place, value))
            .filter(sample -> scene.beginsWith(sample, 1))
            .isPresent();
  }

  private @Nullable Object at(Pointer key) {
    return rows.isEmpty() ? null : Trees.at(rows.get(0), key.steps());
  }

  /** An offset of one shows the second row first; where rows are counted from one, it is two. */
  private Optional<Finding> offset() {
    if (rows.size() < 2) {
      return Optional.empty();
    }
    List<Place> places = scene.places(Words.OFFSETS);
    for (long start : new long[] {0, 1}) {
      Optional<Place> place =
          scene
              .server()
              .findHeeded(
                  scene.ask(),
                  places,
                  BigDecimal.valueOf(start + 1),
                  scene::isSame,
                  sample -> scene.beginsWith(sample, 1));
      if (place.isPresent()) {
        return counted(place.get(), false, start);
      }
    }
    return Optional.empty();
  }

  /** The page that is the first tells from where they are counted. */
  private Optional<Finding> page() {
    for (Place place : heeded(scene.places(Words.PAGES))) {
      Optional<Sample> one = tried(place, 1);
      if (one.filter(scene::isSame).isPresent()) {
        if (tried(place, 2).filter(scene::goesOn).isPresent()) {
          return counted(place, true, 1);
        }
      } else if (one.filter(scene::goesOn).isPresent()
          && tried(place, 0).filter(scene::isSame).isPresent()) {
        return counted(place, true, 0);
      }
    }
    return Optional.empty();
  }

  private List<Place> heeded(List<Place> places) {
    boolean none =
        places.size() > 2
            && scene.server().tried(scene.ask().with(places, 2)).filter(scene::isSame).isPresent();
    return none ? List.of() : places;
  }

  private Optional<Sample> tried(Place place, long number) {
    return scene.server().tried(scene.ask().with(place, BigDecimal.valueOf(number)));
  }

  private Optional<Finding> counted(Place place, boolean byPage, long start) {
    List<String> doubts = new ArrayList<>();
    Optional<Signal> total = byPage ? pages(scene) : total(scene);
    End end =
        total
            .<End>map(PagingSpec.Total::new)
            .or(() -> more().map(PagingSpec.More::new))
            .orElseGet(() -> pastTheEnd(place, doubts));
    return scene
        .verified(new Count(place, byPage, start, end, true))
        .map(found -> new Finding(found.spec(), found.page2(), doubts));
  }

  /** Without a signal, a page without rows is the end; whether there is one, is tried. */
  private End pastTheEnd(Place place, List<String> doubts) {
    Optional<Sample> far = tried(place, FAR);
    if (far.isEmpty()) {
      doubts.add(
          "the end is not announced, and what is past it is refused: a page that is not full"
              + " is taken for the last");
      return new PagingSpec.ShortPage();
    }
    doubts.add(
        far.get().rows(scene.rows()).isEmpty()
            ? "the end is not announced: the first page without rows is taken for it"
            : "the end is not announced, and there are rows even far past it: this may not end");
    return new PagingSpec.EmptyPage();
  }

  /** Where the number of all rows is said. */
  static Optional<Signal> total(Scene scene) {
    int here = scene.first().rows(scene.rows()).size();
    return signal(scene, Words.TOTALS, Words.TOTAL_HEADERS, here);
  }

  /** Where the number of all pages is said. */
  private static Optional<Signal> pages(Scene scene) {
    return signal(scene, Words.PAGE_TOTALS, Words.PAGE_HEADERS, 1);
  }

  /** A number that is more than what is here already. */
  private static Optional<Signal> signal(
      Scene scene, Set<String> names, List<String> headers, int here) {
    for (Map.Entry<Pointer, Object> each : scene.first().scalars().entrySet()) {
      if (names.contains(Words.bare(each.getKey())) && isMore(each.getValue().toString(), here)) {
        return Optional.of(new Signal.InBody(each.getKey()));
      }
    }
    return headers.stream()
        .filter(name -> scene.first().header(name).filter(text -> isMore(text, here)).isPresent())
        .findFirst()
        .map(Signal.InHeader::new);
  }

  private static boolean isMore(String text, int here) {
    return text.matches("\\d{1,18}") && Long.parseLong(text) > here;
  }
}
