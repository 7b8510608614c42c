package dev.quire.rest.probe;

import dev.quire.http.FaultReader;
import dev.quire.http.HttpDoor;
import dev.quire.rest.spec.Place;
import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The API that is asked. Remembers what it was asked last. One thread at a time. */
final class Server {
  /** Refusals that say something about the request, and not about the caller or the network. */
  private static final Set<ErrorKind> REFUSALS =
      Set.of(
          ErrorKind.REJECTED,
          ErrorKind.NOT_FOUND,
          ErrorKind.REMOTE_FAILURE,
          ErrorKind.MALFORMED_RESPONSE);

  private final HttpDoor door;
  private final Desk desk;
  private final CallContext call;
  private int asked;
  private @Nullable Ask lastAsk;
  private @Nullable Sample last;

  Server(HttpDoor door, Desk desk, CallContext call) {
    this.door = door;
    this.desk = desk;
    this.call = call;
  }

  static boolean isRefusal(SourceException e) {
    return REFUSALS.contains(e.kind());
  }

  /** The answer; the one at hand, if the same was asked just before. */
  Sample fetch(Ask ask) {
    if (last != null && ask.equals(lastAsk)) {
      return last;
    }
    asked++;
    last = exchanged(ask);
    lastAsk = ask;
    return last;
  }

  private Sample exchanged(Ask ask) {
    return door.exchange(
        desk.request(ask.table(), ask::steer), call, FaultReader.standard(), Sample::read);
  }

  /** The answer; empty if the API refuses the request. */
  Optional<Sample> tried(Ask ask) {
    try {
      return Optional.of(fetch(ask));
    } catch (SourceException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * The first place at which a value has an effect. Where there are many, one request with all of
   * them tells whether there is any.
   *
   * @param none whether an answer shows that nothing was heeded
   * @param wanted whether an answer shows the effect
   */
  Optional<Place> findHeeded(
      Ask ask, List<Place> places, Object value, Predicate<Sample> none, Predicate<Sample> wanted) {
    if (places.size() > 2 && tried(ask.with(places, value)).filter(none).isPresent()) {
      return Optional.empty();
    }
    return places.stream()
        .filter(place -> tried(ask.with(place, value)).filter(wanted).isPresent())
        .findFirst();
  }

  /** How many requests there were, attempts not counted. */
  int asked() {
    return asked;
  }
}
