package dev.quire.aws.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an operation pages.
 *
 * @param tokens what goes from an answer into the next request; several travel together
 * @param results where the rows are; the first is what the operation is for
 * @param moreResults says whether there is a next page, where the answer has such a member; then a
 *     token counts only if it is true
 * @param limit the request's page size
 * @param nonAggregate what belongs to the answer and not to its rows
 * @param repeatedTokenEnds whether the service says the end by giving the same token again
 * @param origin where this knowledge comes from
 */
public record Paginator(
    List<Token> tokens,
    List<Path> results,
    Optional<Path> moreResults,
    Optional<Limit> limit,
    List<Path> nonAggregate,
    boolean repeatedTokenEnds,
    Origin origin) {

  public Paginator {
    tokens = List.copyOf(tokens);
    results = List.copyOf(results);
    nonAggregate = List.copyOf(nonAggregate);
  }

  /** A single token, one list, nothing else. */
  public static Paginator of(String input, String output, String result) {
    return new Paginator(
        List.of(new Token(input, Path.parse(output))),
        List.of(Path.parse(result)),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        Origin.DECLARED);
  }

  public Paginator withLimit(Limit wanted) {
    return new Paginator(
        tokens, results, moreResults, Optional.of(wanted), nonAggregate, repeatedTokenEnds, origin);
  }

  public Paginator withMoreResults(Path wanted) {
    return new Paginator(
        tokens, results, Optional.of(wanted), limit, nonAggregate, repeatedTokenEnds, origin);
  }

  public Paginator withRepeatedTokenEnds() {
    return new Paginator(tokens, results, moreResults, limit, nonAggregate, true, origin);
  }

  /**
   * One token.
   *
   * @param input the request's member that takes it; removed when the answer has none
   * @param output where it stands in the answer
   */
  public record Token(String input, Path output) {}

  /**
   * The page size.
   *
   * @param member of the request; its shape says whether it is written as a number or as text
   * @param max the most that the service accepts, where known
   */
  public record Limit(String member, OptionalLong min, OptionalLong max) {}

  /** Where the knowledge of paging comes from. */
  public enum Origin {
    /** AWS's own list of paginators. */
    DECLARED,
    /** The operation's members, by the rules that the documentation states. */
    INFERRED,
    /** A correction of ours. */
    CORRECTED
  }
}
