package dev.quire.aws;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.OperationModel.Auth;
import dev.quire.aws.model.OperationModel.Http;
import dev.quire.aws.model.OperationModel.RowOrder;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.ServiceModel.ServiceEndpoint;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.MapShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.aws.model.Shape.Structure;
import dev.quire.aws.model.ShapeRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A made-up service with one operation, in any protocol: {@code ListThings}. */
final class Models {
  static final Structure PART =
      Structure.of(Member.of("Id", Scalar.INTEGER), Member.of("Note", Scalar.STRING));

  static final Structure THING =
      Structure.of(
          Member.of("Name", Scalar.STRING),
          Member.of("Count", scalar(ScalarKind.LONG)),
          Member.of("Ratio", scalar(ScalarKind.DOUBLE)),
          Member.of("On", scalar(ScalarKind.BOOLEAN)),
          Member.of("Created", Scalar.TIMESTAMP),
          Member.of("Data", scalar(ScalarKind.BLOB)),
          Member.of("Tags", MapShape.of(Scalar.STRING, Scalar.STRING)),
          Member.of("Parts", ListShape.of(PART)));

  static final Paginator TOKEN =
      Paginator.of("NextToken", "NextToken", "Things")
          .withLimit(new Paginator.Limit("MaxResults", OptionalLong.of(1), OptionalLong.of(200)));

  private Models() {}

  static Scalar scalar(ScalarKind kind) {
    return Scalar.of(kind);
  }

  static ServiceModel service(Protocol protocol) {
    return service(protocol, TOKEN);
  }

  static ServiceModel service(Protocol protocol, Paginator paginator) {
    return service(protocol, operation(protocol, paginator, Optional.empty()));
  }

  static ServiceModel service(Protocol protocol, OperationModel operation) {
    return new ServiceModel(
        "things",
        "AWS Things",
        protocol,
        "1.1",
        "2020-01-01",
        Optional.of("AWSThings"),
        Optional.empty(),
        new ServiceEndpoint("things", "things", Map.of()),
        new TreeMap<>(Map.of(operation.snakeName(), operation)));
  }

  static OperationModel operation(
      Protocol protocol, Paginator paginator, Optional<RowOrder> order) {
    return new OperationModel(
        "ListThings",
        "list_things",
        new Http(
            isRest(protocol) ? "GET" : "POST",
            "/things/{Kind}?list",
            Optional.empty(),
            Optional.empty()),
        ShapeRef.to(input(protocol)),
        ShapeRef.to(output()),
        protocol == Protocol.QUERY ? Optional.of("ListThingsResult") : Optional.empty(),
        Auth.SIGNED,
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of(),
        paginator,
        order,
        Optional.empty());
  }

  static boolean isRest(Protocol protocol) {
    return protocol == Protocol.REST_JSON || protocol == Protocol.REST_XML;
  }

  private static Structure input(Protocol protocol) {
    boolean rest = isRest(protocol);
    Location place = rest ? Location.QUERY : Location.BODY;
    return Structure.of(
        Member.of("Kind", Scalar.STRING)
            .asRequired()
            .at(rest ? Location.URI : Location.BODY, "Kind"),
        Member.of("Names", ListShape.of(Scalar.STRING)).at(place, "Names"),
        Member.of("Since", Scalar.TIMESTAMP).at(place, "Since"),
        Member.of("MaxResults", Scalar.INTEGER).at(place, "MaxResults"),
        Member.of("NextToken", Scalar.STRING).at(place, "NextToken"),
        Member.of("Marker", Scalar.STRING).at(place, "Marker"),
        Member.of("Start", MapShape.of(Scalar.STRING, PART)).at(place, "Start"),
        Member.of("PartNumber", Scalar.INTEGER).at(place, "PartNumber"));
  }

  private static Structure output() {
    return Structure.of(
        Member.of("Things", ListShape.of(THING)),
        Member.of("NextToken", Scalar.STRING),
        Member.of("Marker", Scalar.STRING),
        Member.of("Last", MapShape.of(Scalar.STRING, PART)),
        Member.of("NextPartNumber", Scalar.INTEGER),
        Member.of("IsTruncated", scalar(ScalarKind.BOOLEAN)),
        Member.of("Owner", Scalar.STRING),
        Member.of("Inner", Structure.of(Member.of("Next", Scalar.STRING))));
  }

  static Paginator paginator(List<Paginator.Token> tokens, Optional<Path> more) {
    return new Paginator(
        tokens,
        List.of(Path.parse("Things")),
        more,
        Optional.empty(),
        List.of(),
        false,
        Paginator.Origin.DECLARED);
  }

  static Paginator.Token token(String input, String output) {
    return new Paginator.Token(input, Path.parse(output));
  }

  static Shape thing() {
    return THING;
  }
}
