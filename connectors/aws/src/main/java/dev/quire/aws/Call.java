package dev.quire.aws;

import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.wire.Slot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One chain of calls of an operation. Immutable.
 *
 * @param region where to ask
 * @param role to be assumed; empty for the source's own credentials
 * @param members values of the request's members, but for tokens and the page size
 * @param slots the columns of a row, in order
 * @param given what the slots of origin GIVEN hold, by column
 * @param pageSize rows to ask for per page
 * @param stop where the order of the rows ends the chain
 */
record Call(
    ServiceModel service,
    OperationModel operation,
    String region,
    Optional<String> role,
    Map<String, Object> members,
    List<Slot> slots,
    Map<String, @Nullable Object> given,
    OptionalInt pageSize,
    Optional<EarlyStop> stop) {

  Call {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    slots = List.copyOf(slots);
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }
}
