package dev.quire.rest.probe;

import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Finds how the number of rows of a page is asked for, and how many there may be. */
final class SizeGuess {
  /** Sizes to try, the greatest first; none is asked for without need. */
  private static final int[] LADDER = {1_000, 500, 200, 100, 50};

  private static final int GREATEST = 10_000;
  private static final int FEW = 10;

  private final Scene scene;

  /**
   * @param scene of the page that the service gives when nobody says how large
   */
  SizeGuess(Scene scene) {
    this.scene = scene;
  }

  /**
   * Where the size goes.
   *
   * @param few a size that is smaller than the usual
   * @param first the page of that size
   */
  record Found(Place place, int few, Sample first) {}

  /**
   * What may be asked for.
   *
   * @param doubt empty if all is sure
   */
  record Bounds(OptionalInt usual, OptionalInt most, String doubt) {}

  /** A parameter that makes the page smaller when it is told to. */
  Optional<Found> find() {
    int usual = rows(scene.first());
    int few = Math.min(FEW, usual / 2);
    if (few == 0) {
      return Optional.empty();
    }
    List<Place> places = scene.places(Words.SIZES);
    Optional<Place> given = places.stream().filter(this::isGiven).findFirst();
    Optional<Place> place =
        scene
            .server()
            .findHeeded(
                scene.ask(),
                given.map(List::of).orElse(places),
                BigDecimal.valueOf(few),
                scene::isSame,
                this::isSmaller);
    return place.flatMap(
        at ->
            scene
                .server()
                .tried(scene.ask().with(at, BigDecimal.valueOf(few)))
                .filter(this::isSmaller)
                .map(sample -> new Found(at, rows(sample), sample)));
  }

  private boolean isGiven(Place place) {
    return place.kind() == Place.Kind.BODY
        ? Trees.at(scene.ask().table().request().body(), place.pointer().steps())
            instanceof BigDecimal
        : scene.ask().table().request().parameters().containsKey(place.name());
  }

  /** Whether it is the beginning of the usual page. */
  private boolean isSmaller(Sample sample) {
    List<@Nullable Object> ids = scene.ids(sample);
    List<@Nullable Object> usual = scene.ids(scene.first());
    return !ids.isEmpty()
        && ids.size() < usual.size()
        && Objects.equals(usual.subList(0, ids.size()), ids);
  }

  /** The bounds of the size, with the first of the sizes from above that is heeded. */
  Bounds bounds(Place place, PagingSpec paging) {
    int usual = rows(scene.first());
    OptionalInt refused = OptionalInt.empty();
    for (int size : LADDER) {
      if (size <= usual) {
        break;
      }
      Ask ask = scene.ask().with(place, BigDecimal.valueOf(size));
      Optional<Sample> answer = scene.server().tried(ask);
      int got = answer.map(this::rows).orElse(0);
      if (got == size) {
        return refused.isEmpty() ? greatest(place, size) : between(size, refused.getAsInt());
      }
      if (got >= usual) {
        if (scene.hasMore(paging, ask, answer.orElseThrow())) {
          if (got > usual) {
            return new Bounds(OptionalInt.of(got), OptionalInt.of(got), "");
          }
        } else {
          return all(got, size, refused);
        }
      }
      refused = OptionalInt.of(size);
    }
    return new Bounds(OptionalInt.of(usual), OptionalInt.of(usual), "");
  }

  private static Bounds between(int heeded, int refused) {
    return new Bounds(
        OptionalInt.of(heeded),
        OptionalInt.of(heeded),
        "a page of " + heeded + " is given, one of " + refused + " is not; the most is between");
  }

  private static Bounds all(int rows, int size, OptionalInt refused) {
    return new Bounds(
        OptionalInt.of(size),
        refused.isEmpty() ? OptionalInt.empty() : OptionalInt.of(size),
        "all " + rows + " rows came at once, so the most that a page may have is not known");
  }

  private Bounds greatest(Place place, int heeded) {
    Ask ask = scene.ask().with(place, BigDecimal.valueOf(GREATEST));
    int got = scene.server().tried(ask).map(this::rows).orElse(0);
    boolean capped = got <= heeded;
    return new Bounds(
        OptionalInt.of(heeded),
        capped ? OptionalInt.of(heeded) : OptionalInt.empty(),
        capped ? "" : "more than " + heeded + " rows may come at once; 'most' can say how many");
  }

  private int rows(Sample sample) {
    return sample.rows(scene.rows()).size();
  }
}
