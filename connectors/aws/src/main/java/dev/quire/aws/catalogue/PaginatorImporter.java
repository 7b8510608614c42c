package dev.quire.aws.catalogue;

import dev.quire.aws.catalogue.Corrections.Correction;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Paginator.Limit;
import dev.quire.aws.model.Paginator.Origin;
import dev.quire.aws.model.Paginator.Token;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.Shape.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes paginators from botocore's entries and from our corrections. */
final class PaginatorImporter {
  private PaginatorImporter() {}

  /** The paginator of an entry in {@code paginators-1.json}. */
  static Paginator declared(Node entry, Structure input) {
    List<String> inputs = entry.texts("input_token");
    List<String> outputs = entry.texts("output_token");
    if (inputs.size() != outputs.size()) {
      throw new IllegalArgumentException("tokens do not pair: " + inputs + ", " + outputs);
    }
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      tokens.add(new Token(inputs.get(i), Path.parse(outputs.get(i))));
    }
    return new Paginator(
        tokens,
        entry.texts("result_key").stream().map(Path::parse).toList(),
        entry.text("more_results").map(Path::parse),
        entry.text("limit_key").flatMap(key -> limit(key, input)),
        entry.texts("non_aggregate_keys").stream().map(Path::parse).toList(),
        false,
        Origin.DECLARED);
  }

  private static Optional<Limit> limit(String member, Structure input) {
    return input.findMember(member).map(PaginatorInference::limit);
  }

  /** A paginator after one correction, which may have nothing to say of it. */
  static Optional<Paginator> corrected(
      Optional<Paginator> before, Correction correction, Structure input) {
    return switch (correction.what()) {
      case PAGES -> Optional.of(pages(correction, input));
      case REPEATED_TOKEN_ENDS -> before.map(Paginator::withRepeatedTokenEnds);
      case LARGEST_PAGE ->
          before.map(each -> withLargestPage(each, Long.parseLong(correction.detail(0))));
      case DEFAULT, ORDER, DOES_NOT_PAGE -> before;
    };
  }

  private static Paginator pages(Correction correction, Structure input) {
    return new Paginator(
        List.of(new Token(correction.detail(0), Path.parse(correction.detail(1)))),
        Arrays.stream(correction.detail(2).split(",")).map(Path::parse).toList(),
        Optional.empty(),
        correction.details().size() > 3 ? limit(correction.detail(3), input) : Optional.empty(),
        List.of(),
        false,
        Origin.CORRECTED);
  }

  private static Paginator withLargestPage(Paginator paginator, long rows) {
    Limit limit = paginator.limit().orElseThrow();
    return paginator.withLimit(new Limit(limit.member(), limit.min(), OptionalLong.of(rows)));
  }
}
