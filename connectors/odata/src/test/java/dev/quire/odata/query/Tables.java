package dev.quire.odata.query;

import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.MetadataReader;
import dev.quire.odata.metadata.Model;
import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.metadata.TableMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Tables of the shop that tests use. */
final class Tables {
  private Tables() {}

  static EntityTable shop(String set) {
    return shop(set, Protocol.V4);
  }

  static EntityTable shop(String set, Protocol protocol) {
    return table("shop.xml", set, protocol);
  }

  static EntityTable northwind(String set, Protocol protocol) {
    return table("northwind2.xml", set, protocol);
  }

  private static EntityTable table(String resource, String set, Protocol protocol) {
    try (InputStream in = Tables.class.getResourceAsStream("/dev/quire/odata/" + resource)) {
      Model model = MetadataReader.read(in).withProtocol(protocol);
      return model.sets().stream()
          .filter(each -> each.name().equals(set))
          .map(new TableMapper(model)::table)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
