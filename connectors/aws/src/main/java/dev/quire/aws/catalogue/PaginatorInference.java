package dev.quire.aws.catalogue;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Paginator.Limit;
import dev.quire.aws.model.Paginator.Origin;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.aws.model.Shape.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells from an operation's members how it pages, where AWS's list of paginators leaves it out. The
 * rules are meant to miss an operation rather than to read one wrongly:
 *
 * <ol>
 *   <li>its name begins with a verb that only reads, and it is not deprecated;
 *   <li>exactly one optional text of the request has the name of a token;
 *   <li>exactly one text of the answer has the name of a token, and it is the one that belongs to
 *       the request's (an echo of the request's own does not count);
 *   <li>the answer has exactly one list or map, and no stream. Lists called errors, failures or
 *       warnings do not count; each is a further result.
 * </ol>
 */
final class PaginatorInference {
  private static final Pattern READS =
      Pattern.compile("(List|Describe|Get|Search|Lookup|Query|Filter)[A-Z].*");

  /** Names of a request's token, and of the answer's that belongs to it, in lower case. */
  private static final Map<String, Set<String>> TOKENS =
      Map.of(
          "nexttoken", Set.of("nexttoken"),
          "marker", Set.of("marker", "nextmarker"),
          "nextmarker", Set.of("nextmarker"),
          "pagetoken", Set.of("pagetoken", "nextpagetoken", "nexttoken"),
          "nextpagetoken", Set.of("nextpagetoken"),
          "paginationtoken", Set.of("paginationtoken", "nexttoken"),
          "startingtoken", Set.of("nexttoken"),
          "continuationtoken", Set.of("continuationtoken", "nextcontinuationtoken"));

  private static final Pattern ANY_TOKEN = Pattern.compile(".*(token|marker)$");
  private static final Set<String> LIMITS =
      Set.of("maxresults", "maxitems", "maxrecords", "limit", "pagesize", "maxpagesize");
  private static final Set<String> FAULTS = Set.of("errors", "failures", "warnings");
  private static final Set<String> MORE =
      Set.of("istruncated", "truncated", "hasmoreresults", "hasmore");

  private PaginatorInference() {}

  static Optional<Paginator> infer(String operation, Structure input, Structure output) {
    if (!READS.matcher(operation).matches() || streams(output)) {
      return Optional.empty();
    }
    List<Member> tokens =
        texts(input).stream().filter(each -> TOKENS.containsKey(key(each))).toList();
    List<Member> results = output.members().stream().filter(PaginatorInference::holdsMany).toList();
    if (tokens.size() != 1 || tokens.get(0).required()) {
      return Optional.empty();
    }
    List<Member> rows = results.stream().filter(each -> !FAULTS.contains(key(each))).toList();
    List<Member> all = new ArrayList<>(rows);
    results.stream().filter(each -> !rows.contains(each)).forEach(all::add);
    return rows.size() != 1
        ? Optional.empty()
        : answered(tokens.get(0), output)
            .map(from -> paginator(tokens.get(0), from, all, input, output));
  }

  /** The answer's token that belongs to a request's. */
  private static Optional<Member> answered(Member to, Structure output) {
    List<Member> tokens =
        texts(output).stream().filter(each -> ANY_TOKEN.matcher(key(each)).matches()).toList();
    List<Member> withoutEcho =
        tokens.size() < 2
            ? tokens
            : tokens.stream().filter(each -> !key(each).equals(key(to))).toList();
    return withoutEcho.size() == 1
            && TOKENS.getOrDefault(key(to), Set.of()).contains(key(withoutEcho.get(0)))
        ? Optional.of(withoutEcho.get(0))
        : Optional.empty();
  }

  private static Paginator paginator(
      Member to, Member from, List<Member> results, Structure input, Structure output) {
    return new Paginator(
        List.of(new Paginator.Token(to.name(), Path.parse(from.name()))),
        results.stream().map(each -> Path.parse(each.name())).toList(),
        only(output, ScalarKind.BOOLEAN, MORE).map(each -> Path.parse(each.name())),
        only(input, ScalarKind.INTEGER, LIMITS).map(PaginatorInference::limit),
        List.of(),
        false,
        Origin.INFERRED);
  }

  /** The page size with the bounds that its shape states; a text's are those of its length. */
  static Limit limit(Member member) {
    return member.shape() instanceof Scalar scalar && scalar.kind() != ScalarKind.STRING
        ? new Limit(member.name(), scalar.min(), scalar.max())
        : new Limit(member.name(), OptionalLong.empty(), OptionalLong.empty());
  }

  private static boolean streams(Structure output) {
    return output.members().stream().anyMatch(each -> each.form() == Member.Form.STREAM);
  }

  private static boolean holdsMany(Member member) {
    return member.shape() instanceof Shape.ListShape || member.shape() instanceof Shape.MapShape;
  }

  private static Optional<Member> only(Structure structure, ScalarKind kind, Set<String> names) {
    List<Member> found =
        structure.members().stream()
            .filter(each -> names.contains(key(each)))
            .filter(each -> each.shape() instanceof Scalar scalar && scalar.kind() == kind)
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static List<Member> texts(Structure structure) {
    return structure.members().stream()
        .filter(each -> each.shape() instanceof Scalar scalar && scalar.kind() == ScalarKind.STRING)
        .toList();
  }

  private static String key(Member member) {
    return member.name().toLowerCase(Locale.ROOT);
  }
}
