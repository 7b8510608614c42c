package dev.quire.rest.spec;

import java.util.Optional;

/**
 * What an API wants opened before the first page: a point in time, a cursor, a job. Immutable.
 *
 * @param open the request that opens it
 * @param id where its answer says the session's name
 * @param to where each request of a page carries the name
 * @param renewed where a page may tell another name, which counts from then on
 * @param close the request that gives it up; without one it passes by itself
 */
public record SessionSpec(
    RequestSpec open, Signal id, Place to, Optional<Signal> renewed, Optional<Close> close) {

  /**
   * The end of a session.
   *
   * @param id where the request carries its name
   */
  public record Close(RequestSpec request, Place id) {}
}
