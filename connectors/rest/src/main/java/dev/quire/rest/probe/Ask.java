package dev.quire.rest.probe;

import dev.quire.rest.paging.Pager;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request for a page of the list. Immutable.
 *
 * @param table that is asked for, without paging
 * @param puts values that go into the request, in order
 * @param url a link that is followed as it is, instead
 */
record Ask(TableSpec table, List<Put> puts, Optional<String> url) {
  Ask {
    puts = List.copyOf(puts);
  }

  /** A value and where it goes. */
  record Put(Place place, Object value) {}

  static Ask of(TableSpec table) {
    return new Ask(table, List.of(), Optional.empty());
  }

  /** The same with one value more. */
  Ask with(Place place, Object value) {
    List<Put> all = new ArrayList<>(puts);
    all.add(new Put(place, value));
    return new Ask(table, all, url);
  }

  /** The same with one value at several places. */
  Ask with(List<Place> places, Object value) {
    Ask all = this;
    for (Place place : places) {
      all = all.with(place, value);
    }
    return all;
  }

  /** The page at a place that a pager found. */
  Ask at(Pager pager, String place) {
    List<Put> all = new ArrayList<>(puts);
    List<String> links = new ArrayList<>();
    pager.apply(
        Optional.of(place),
        new Pager.Target() {
          @Override
          public void put(Place where, Object value) {
            all.add(new Put(where, value));
          }

          @Override
          public void follow(String link) {
            links.add(link);
          }
        });
    return new Ask(table, all, links.stream().findFirst());
  }

  /** Puts everything into a request. */
  void steer(Pager.Target target) {
    puts.forEach(put -> target.put(put.place(), put.value()));
    url.ifPresent(target::follow);
  }
}
