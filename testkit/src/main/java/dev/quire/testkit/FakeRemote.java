package dev.quire.testkit;

import dev.quire.spi.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The wire format of a remote API, as far as the conformance suite needs it: how a page is written,
 * and how a request says which page it wants. The suite decides what is answered when.
 */
public interface FakeRemote {

  /** The table, as the source names it, that holds the rows. Its name has a letter in it. */
  TableName table();

  /** The column of a field; by default the field's name in lower case. */
  default String column(FakeRow.Field field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  /** The answer to a request that is not for rows (metadata, tokens); empty if it is for rows. */
  default Optional<Reply> answerAside(ReceivedRequest request) {
    return Optional.empty();
  }

  /**
   * The token in a request for rows, decoded; empty if it asks for the first page.
   *
   * @throws RuntimeException if the request says it in a way that the real service would refuse
   */
  Optional<String> continuation(ReceivedRequest request);

  /** A page with all fields of these rows, uncompressed and with a Content-Length. */
  Reply page(List<FakeRow> rows, Next next);

  /** An answer that is well formed but has no place with rows in it, not even an empty one. */
  Reply pageWithoutRows();

  /** Whether a request carries this secret as the service wants it. */
  boolean isAuthorized(ReceivedRequest request, String secret);
}
