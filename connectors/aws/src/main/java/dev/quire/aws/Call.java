package dev.quire.aws;

import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.wire.Slot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One chain of calls of an operation. Immutable.
 *
 * @param region where to ask
 * @param role to be assumed; empty for the source's own credentials
 * @param result where the rows are in an answer
 * @param members values of the request's members, but for tokens
 * @param slots the columns of a row, in order
 * @param given what columns hold that the answer gives no value, by column
 * @param stop where the order of the rows ends the chain
 */
record Call(
    ServiceModel service,
    OperationModel operation,
    Path result,
    String region,
    Optional<String> role,
    Map<String, Object> members,
    List<Slot> slots,
    Map<String, Object> given,
    Optional<EarlyStop> stop) {

  Call {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    slots = List.copyOf(slots);
    given = Map.copyOf(given);
  }
}
