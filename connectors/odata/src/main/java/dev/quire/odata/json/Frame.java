package dev.quire.odata.json;

import dev.quire.odata.metadata.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What has been read of one answer. One thread. */
final class Frame {
  final List<@Nullable Object[]> rows;
  final Map<String, String> annotations = new HashMap<>();

  /** Whether the list of rows was there. */
  boolean hasValue;

  Frame() {
    this(0);
  }

  Frame(int expectedRows) {
    rows = new ArrayList<>(expectedRows);
  }

  ParsedPage page(Protocol protocol) {
    return new ParsedPage(
        rows, link("nextLink").filter(protocol::leadsOn), link("context"), count(), annotations);
  }

  private Optional<String> link(String name) {
    return Optional.ofNullable(annotations.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  /** A number, or text where 64-bit numbers are text. Nonsense is no count. */
  private OptionalLong count() {
    String text = annotations.getOrDefault("count", "");
    boolean number =
        !text.isEmpty() && text.length() < 19 && text.chars().allMatch(Character::isDigit);
    return number ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
