package dev.quire.odata.profile;

import java.util.OptionalInt;

/**
 * What {@code $apply} does at a service that has it. Immutable.
 *
 * @param mostGroups a single page that holds so many groups may have been cut there, and groups are
 *     not trusted to come in several pages; empty where the next link says all
 * @param groupsDays whether days can be grouped by
 * @param money suffix of the property that stands beside each property of money and holds the same
 *     amount in the organization's currency. Aggregates of money are those of that property, so
 *     they are not SQL's; empty where there is no such thing
 */
public record Aggregates(OptionalInt mostGroups, boolean groupsDays, String money) {
  /** As the specification has it (OData Extension for Data Aggregation 4.0). */
  public static final Aggregates DECLARED = new Aggregates(OptionalInt.empty(), true, "");
}
