package dev.quire.aws.wire;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.Shape;
import dev.quire.http.Body;
import dev.quire.json.OuterTexts;
import dev.quire.spi.Continuation;
import java.util.Map;
import java.util.Optional;

/**
 * The token of an answer whose rows are not read yet: where it is the only one, a text, and a
 * member of the answer itself. Only a guess: an answer that says something else when it is read is
 * right.
 */
public final class EarlyToken {
  private final String wireName;
  private final Paginator.Token token;
  private final Tokens tokens;

  private EarlyToken(String wireName, Paginator paginator) {
    this.wireName = wireName;
    this.token = paginator.tokens().get(0);
    this.tokens = new Tokens(paginator);
  }

  /** The one of an operation; empty where a token cannot be told before the answer is read. */
  public static Optional<EarlyToken> find(ServiceModel service, OperationModel operation) {
    Paginator paginator = operation.paginator();
    boolean isJson =
        service.protocol() == Protocol.JSON || service.protocol() == Protocol.REST_JSON;
    if (!isJson
        || paginator.tokens().size() != 1
        || paginator.moreResults().isPresent()
        || operation.output().payload().isPresent()) {
      return Optional.empty();
    }
    Path place = paginator.tokens().get(0).output();
    return place.isPlain() && place.names().size() == 1
        ? operation
            .output()
            .findMember(place.names().get(0))
            .filter(EarlyToken::isText)
            .map(member -> new EarlyToken(member.wireName(), paginator))
        : Optional.empty();
  }

  private static boolean isText(Member member) {
    return member.location() == Location.BODY
        && member.shape() instanceof Shape.Scalar scalar
        && scalar.kind() == Shape.ScalarKind.STRING;
  }

  /**
   * Where the next page starts; empty at the end.
   *
   * @param from where this page started
   */
  public Optional<Continuation> of(Body body, Optional<Continuation> from) {
    return Optional.ofNullable(OuterTexts.of(body.array(), body.length()).get(wireName))
        .flatMap(text -> tokens.next(Map.of(token.output().names().get(0), text), from));
  }
}
