package dev.quire.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code $apply} asks for: filters, then one grouping or aggregation. Immutable.
 *
 * @param keys the columns to group by; none for one group of all rows
 */
record ApplyQuery(Filter filter, List<SampleColumn> keys, List<Aggregate> aggregates) {

  static ApplyQuery parse(SampleTable table, String text) {
    Filter filter = Filter.ALL;
    List<String> steps = ExpandParser.split(text, '/');
    for (String step : steps.subList(0, steps.size() - 1)) {
      filter = filter.and(filter(table, step));
    }
    String last = steps.get(steps.size() - 1).trim();
    Tokens tokens = new Tokens(last);
    List<SampleColumn> keys = new ArrayList<>();
    List<Aggregate> aggregates = new ArrayList<>();
    if (tokens.takeIf("groupby")) {
      tokens.expect("(");
      keys(table, tokens, keys);
      if (tokens.takeIf(",")) {
        tokens.expect("aggregate");
        aggregates(table, tokens, aggregates);
      }
      tokens.expect(")");
    } else {
      tokens.expect("aggregate");
      aggregates(table, tokens, aggregates);
    }
    tokens.expectEnd();
    return new ApplyQuery(filter, List.copyOf(keys), List.copyOf(aggregates));
  }

  private static Filter filter(SampleTable table, String step) {
    String text = step.trim();
    if (!text.startsWith("filter(") || !text.endsWith(")")) {
      throw ODataFault.malformed(
          "The sample service knows filter(…) before groupby or aggregate, not '" + text + "'.");
    }
    return FilterParser.parse(table, text.substring("filter(".length(), text.length() - 1));
  }

  private static void keys(SampleTable table, Tokens tokens, List<SampleColumn> keys) {
    tokens.expect("(");
    do {
      SampleColumn column = table.requireColumn(tokens.takeWord());
      if (column.type() == EdmType.DATE_TIME_OFFSET) {
        throw ODataFault.badRequest(
            "0x80060888", "Group by on the datetime column '" + column.name() + "' is unsupported");
      }
      keys.add(column);
    } while (tokens.takeIf(","));
    tokens.expect(")");
  }

  private static void aggregates(SampleTable table, Tokens tokens, List<Aggregate> aggregates) {
    tokens.expect("(");
    do {
      aggregates.add(Aggregate.parse(table, tokens));
    } while (tokens.takeIf(","));
    tokens.expect(")");
  }
}
