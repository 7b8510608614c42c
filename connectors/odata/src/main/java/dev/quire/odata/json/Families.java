package dev.quire.odata.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.odata.metadata.Protocol;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the rows of an answer together with the collection below each of them. For one answer,
 * one thread.
 */
public final class Families implements EntityReader {
  private final Protocol protocol;
  private final RowPlan parent;
  private final String navigation;
  private final RowPlan child;
  private final List<Family> found = new ArrayList<>();

  /**
   * A row and what is below it.
   *
   * @param children those that came with it; empty when the answer says nothing of them
   * @param nextLink of the children, as the service wrote it
   */
  public record Family(
      @Nullable Object[] parent,
      Optional<List<@Nullable Object[]>> children,
      Optional<String> nextLink) {}

  /**
   * @param parent what is wanted of a row
   * @param navigation the property with its collection
   * @param child what is wanted of each in the collection
   */
  public Families(Protocol protocol, RowPlan parent, String navigation, RowPlan child) {
    this.protocol = protocol;
    this.parent = parent;
    this.navigation = navigation;
    this.child = child;
  }

  /** What has been read so far. */
  public List<Family> found() {
    return found;
  }

  @Override
  public @Nullable Object[] read(JsonParser json, long number) throws IOException {
    @Nullable Object[] row = new Object[parent.width()];
    Optional<List<@Nullable Object[]>> children = Optional.empty();
    Optional<String> nextLink = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (name.equals(navigation)) {
        children = Optional.of(children(json, token, number));
      } else if (isNextLink(name)) {
        nextLink = Optional.ofNullable(json.getValueAsString()).filter(link -> !link.isBlank());
      } else if (parent.wants(name)) {
        parent.take(json, name, row, number);
      } else {
        json.skipChildren();
      }
    }
    found.add(new Family(row, children, nextLink));
    return row;
  }

  private boolean isNextLink(String name) {
    return name.startsWith(navigation)
        && protocol.control(name.substring(navigation.length())).equals(Optional.of("nextLink"));
  }

  private List<@Nullable Object[]> children(JsonParser json, JsonToken token, long number)
      throws IOException {
    if (token != JsonToken.START_ARRAY) {
      throw new SourceException(
          ErrorKind.MALFORMED_RESPONSE,
          String.format(
              Locale.ROOT,
              "row %,d of the page has something that is no list in '%s'",
              number,
              navigation));
    }
    List<@Nullable Object[]> children = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      children.add(child.read(json, number));
    }
    return children;
  }
}
