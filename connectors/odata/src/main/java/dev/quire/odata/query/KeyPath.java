package dev.quire.odata.query;

import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Protocol;
import dev.quire.spi.Expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of a URL's path that names one entity of a set by its key. */
public final class KeyPath {
  private KeyPath() {}

  /**
   * What stands behind the set's name: {@code (7)}, {@code (a=7,b='x')} or, as a segment, {@code
   * /7}; nothing for no key. Empty when the key's type cannot hold a value, so that no entity has
   * it.
   *
   * @param values one per field of the key
   * @param segment whether a key of one field is a segment
   */
  public static Optional<String> of(
      List<Field> key, List<Object> values, Protocol protocol, boolean segment) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      Field field = key.get(i);
      Constant constant = new Constant(values.get(i), field.column().type());
      Optional<String> literal =
          Literals.of(field, constant).map(text -> protocol.literal(field.kind(), text));
      if (literal.isEmpty()) {
        return Optional.empty();
      }
      String value = UrlText.segment(literal.get());
      parts.add(key.size() == 1 ? value : field.urlPath() + "=" + value);
    }
    if (key.isEmpty()) {
      return Optional.of("");
    }
    return Optional.of(
        segment && key.size() == 1
            ? "/" + UrlText.segment(values.get(0).toString())
            : "(" + String.join(",", parts) + ")");
  }
}
