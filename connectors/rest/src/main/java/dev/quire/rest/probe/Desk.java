package dev.quire.rest.probe;

import dev.quire.http.HttpRequest;
import dev.quire.rest.paging.Pager;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.Page;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What the connector does with a spec, lent to the probe so that both do the same. */
public interface Desk {

  /**
   * The request for a table's page.
   *
   * @param steering puts values into it
   */
  HttpRequest request(TableSpec table, Consumer<Pager.Target> steering);

  /**
   * Reads the first pages of a table as a statement does, with all columns.
   *
   * @param pageSize to ask for; empty to leave it to the service
   * @param most pages to read
   */
  List<Page> read(TableSpec table, OptionalInt pageSize, int most);
}
