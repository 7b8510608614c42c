package dev.quire.aws.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer, read to its end.
 *
 * @param rows one value per slot
 * @param captured what the wanted paths need of the answer, by the members' names
 */
public record Answer(List<@Nullable Object[]> rows, Map<String, Object> captured) {}
