package dev.quire.engine;

import dev.quire.chain.Costs;
import dev.quire.spi.RequestPreview;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a statement will do, before a row is read. Immutable; {@link #text()} is for people.
 *
 * @param operators the engine's own work, one indented line per operator, from the result down
 * @param scans in the order in which they are opened
 * @param budgets whether the statement fits each of its budgets, one line each
 * @param spent what finding this out has cost (metadata, counts)
 */
public record Explanation(
    List<String> operators, List<Scan> scans, List<String> budgets, Costs spent) {

  /**
   * One scan.
   *
   * @param place {@code crm.accounts}
   * @param request the first request, secrets masked
   * @param pushed what the source does, one clause each: {@code filter statecode = 0 (exact)}
   * @param residual what the engine does again or alone
   * @param pageSize rows a page at most
   * @param expectedCalls the most likely number of calls; empty when it cannot be told
   * @param parts how many independent parts with a chain of pages each, how many at a time, and
   *     which; empty for one
   * @param begins at which row an OFFSET lets the scan begin, and why; empty without OFFSET
   * @param reckoning how that number was reached: {@code 12,001 rows ($count) in pages of 5,000}
   */
  public record Scan(
      String place,
      RequestPreview request,
      List<String> pushed,
      List<String> residual,
      OptionalInt pageSize,
      OptionalLong expectedCalls,
      String reckoning,
      Optional<String> drivenBy,
      Optional<String> parts,
      Optional<String> begins) {
    public Scan {
      pushed = List.copyOf(pushed);
      residual = List.copyOf(residual);
    }

    private void write(StringBuilder text) {
      text.append(place).append('\n');
      String method = request.method() + " ";
      text.append("  ").append(method).append(request.url()).append('\n');
      request
          .headers()
          .forEach(
              (name, value) ->
                  text.append("  ")
                      .append(" ".repeat(method.length()))
                      .append(name)
                      .append(": ")
                      .append(value)
                      .append('\n'));
      request.body().ifPresent(body -> text.append("      ").append(body).append('\n'));
      line(text, "pushed", clauses(pushed));
      line(text, "residual", clauses(residual));
      drivenBy.ifPresent(keys -> line(text, "keys", keys));
      parts.ifPresent(each -> line(text, "parts", each));
      begins.ifPresent(each -> line(text, "begins", "at " + each));
      String calls =
          expectedCalls.isPresent()
              ? String.format(Locale.ROOT, "%,d expected: %s", expectedCalls.getAsLong(), reckoning)
              : "unknown: " + reckoning;
      line(text, "calls", calls);
    }

    private static String clauses(List<String> clauses) {
      return clauses.isEmpty() ? "none" : String.join(" · ", clauses);
    }

    private static void line(StringBuilder text, String label, String content) {
      text.append(String.format(Locale.ROOT, "  %-9s %s\n", label, content));
    }
  }

  public Explanation {
    operators = List.copyOf(operators);
    scans = List.copyOf(scans);
    budgets = List.copyOf(budgets);
  }

  /** The plan as the command line and EXPLAIN show it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Scan scan : scans) {
      scan.write(text);
    }
    section(text, "engine", operators);
    section(text, "budgets", budgets);
    return text.toString();
  }

  private static void section(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(title).append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }
}
