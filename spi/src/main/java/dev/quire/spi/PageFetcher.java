package dev.quire.spi;

import java.util.Optional;

/**
 * Fetches the pages of one split. Stateless: the same continuation gives the same page, so a fetch
 * can be repeated. One thread at a time.
 */
public interface PageFetcher extends AutoCloseable {

  /**
   * Fetches one page: one answered request, whatever the number of attempts behind it. The page is
   * handed out only when its body was read and parsed to the end.
   *
   * @param from where to begin; empty for the first page
   * @throws SourceException saying what went wrong; with PUSHDOWN_REFUSED before any row was handed
   *     out, the engine plans again without what was refused
   */
  Page fetch(Optional<Continuation> from);

  /** The request that {@code fetch(Optional.empty())} would send, secrets masked. Sends nothing. */
  RequestPreview firstRequest();

  /**
   * Gives back what was opened at the service for these pages, if anything was. No page is fetched
   * afterwards. Comes after the last page, too, and may come while a fetch is aborted; does not
   * throw. May send a last request.
   */
  @Override
  default void close() {}
}
