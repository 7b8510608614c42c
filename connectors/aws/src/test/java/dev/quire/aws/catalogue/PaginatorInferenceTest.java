package dev.quire.aws.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.MapShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.aws.model.Shape.Structure;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PaginatorInferenceTest {
  private static final Shape TEXTS = ListShape.of(Scalar.STRING);
  private static final Member NEXT_TOKEN = Member.of("NextToken", Scalar.STRING);
  private static final Member NAMES = Member.of("Names", TEXTS);

  private static Optional<Paginator> infer(String name, Structure input, Structure output) {
    return PaginatorInference.infer(name, input, output);
  }

  @Test
  void a_token_in_and_out_around_one_list_pages() {
    Structure input =
        Structure.of(
            NEXT_TOKEN,
            Member.of("Kind", Scalar.STRING),
            Member.of(
                "MaxResults",
                new Scalar(
                    ScalarKind.INTEGER,
                    OptionalLong.of(1),
                    OptionalLong.of(50),
                    Optional.empty())));
    Paginator found = infer("ListThings", input, Structure.of(NAMES, NEXT_TOKEN)).orElseThrow();
    assertThat(found.tokens())
        .containsExactly(new Paginator.Token("NextToken", Path.parse("NextToken")));
    assertThat(found.results()).containsExactly(Path.parse("Names"));
    assertThat(found.limit())
        .contains(new Paginator.Limit("MaxResults", OptionalLong.of(1), OptionalLong.of(50)));
    assertThat(found.origin()).isEqualTo(Paginator.Origin.INFERRED);
  }

  @Test
  void a_marker_may_come_back_as_the_next_one_beside_its_echo() {
    Structure input = Structure.of(Member.of("Marker", Scalar.STRING));
    Structure output =
        Structure.of(
            Member.of("Marker", Scalar.STRING),
            Member.of("NextMarker", Scalar.STRING),
            Member.of("IsTruncated", Scalar.of(ScalarKind.BOOLEAN)),
            NAMES);
    Paginator found = infer("ListSets", input, output).orElseThrow();
    assertThat(found.tokens().get(0).output()).hasToString("NextMarker");
    assertThat(found.moreResults()).contains(Path.parse("IsTruncated"));
  }

  @Test
  void errors_beside_the_rows_are_a_further_result() {
    Structure output = Structure.of(Member.of("errors", TEXTS), NAMES, NEXT_TOKEN);
    assertThat(infer("GetThings", Structure.of(NEXT_TOKEN), output).orElseThrow().results())
        .containsExactly(Path.parse("Names"), Path.parse("errors"));
  }

  @Test
  void a_map_may_be_the_rows() {
    Structure output =
        Structure.of(Member.of("Tags", MapShape.of(Scalar.STRING, Scalar.STRING)), NEXT_TOKEN);
    assertThat(infer("ListTags", Structure.of(NEXT_TOKEN), output)).isPresent();
  }

  @Test
  void what_may_change_something_is_left_alone() {
    for (String name : new String[] {"ExecuteStatement", "BatchDelete", "Listen", "List"}) {
      assertThat(infer(name, Structure.of(NEXT_TOKEN), Structure.of(NAMES, NEXT_TOKEN))).isEmpty();
    }
  }

  @Test
  void doubt_is_left_alone() {
    Structure plain = Structure.of(NAMES, NEXT_TOKEN);
    Structure twoLists = Structure.of(NAMES, Member.of("Ids", TEXTS), NEXT_TOKEN);
    Structure twoTokens =
        Structure.of(NAMES, NEXT_TOKEN, Member.of("SyncSessionToken", Scalar.STRING));
    Structure noList = Structure.of(NEXT_TOKEN);
    Structure number = Structure.of(NAMES, Member.of("NextToken", Scalar.INTEGER));
    for (Structure output : new Structure[] {twoLists, twoTokens, noList, number}) {
      assertThat(infer("ListThings", Structure.of(NEXT_TOKEN), output)).isEmpty();
    }
    assertThat(infer("ListThings", Structure.of(), plain)).isEmpty();
    assertThat(infer("ListThings", Structure.of(NEXT_TOKEN.asRequired()), plain)).isEmpty();
    assertThat(infer("ListThings", Structure.of(Member.of("Marker", Scalar.STRING)), plain))
        .isEmpty();
  }
}
