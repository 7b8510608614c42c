package dev.quire.spi;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fetches the pages of one split. Stateless: the same continuation gives the same page, so a fetch
 * can be repeated. One thread at a time, but for the page whose continuation was told early.
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

  /**
   * Fetches one page, and may say where the next one starts before the rows of this one are made,
   * so that both go on side by side. A fetcher that does so allows a second fetch from then on.
   *
   * @param next is told the continuation, at most once, when the body has come to its end; what the
   *     page says afterwards counts, should it differ
   */
  default Page fetch(Optional<Continuation> from, Consumer<Continuation> next) {
    return fetch(from);
  }

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
