package dev.quire.odata.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One answer, read to its end.
 *
 * @param nextLink as the service wrote it, perhaps relative; empty at the end
 * @param context the context URL as the service wrote it, the base of relative links
 * @param count what the service says of the whole collection
 * @param annotations other control information with scalar values, by name without the prefix
 *     {@code @}
 */
public record ParsedPage(
    List<@Nullable Object[]> rows,
    Optional<String> nextLink,
    Optional<String> context,
    OptionalLong count,
    Map<String, String> annotations) {}
