package dev.quire.aws.wire;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.Shape;
import dev.quire.http.HttpRequest;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requests of one operation, in its service's protocol. Values are those that {@link
 * AnswerReader} gives back for such shapes; what is no scalar may also be JSON text. Immutable and
 * thread-safe.
 */
public final class RequestWriter {
  private final ServiceModel service;
  private final OperationModel operation;
  private final String uri;

  public RequestWriter(ServiceModel service, OperationModel operation) {
    this(service, operation, operation.http().uri());
  }

  private RequestWriter(ServiceModel service, OperationModel operation, String uri) {
    this.service = service;
    this.operation = operation;
    this.uri = uri;
  }

  /** The same for a host that names the bucket, which the path then does not. */
  public RequestWriter withoutBucket() {
    return new RequestWriter(service, operation, uri.replaceFirst("^/\\{Bucket}/?", "/"));
  }

  /**
   * The request, unsigned.
   *
   * @param base scheme, host and the path before the operation's own, without a slash at its end
   * @param values by the members' names; none empty where emptiness means the end
   * @throws SourceException INVALID_STATEMENT, naming the member that is missing or wrong
   */
  public HttpRequest write(String base, Map<String, ?> values) {
    try {
      return switch (service.protocol()) {
        case JSON -> json(base, values);
        case RPC_V2_CBOR -> cbor(base, values);
        case QUERY, EC2 -> form(base, values);
        case REST_JSON, REST_XML -> rest(base, values);
      };
    } catch (Misfit | DateTimeException | IllegalArgumentException e) {
      throw new SourceException(
          ErrorKind.INVALID_STATEMENT, operation.name() + ": a value has the wrong form: " + e, e);
    }
  }

  private HttpRequest json(String base, Map<String, ?> values) {
    String target = service.targetPrefix().map(prefix -> prefix + ".").orElse("");
    return post(
        base + "/",
        Map.of(
            "X-Amz-Target",
            target + operation.name(),
            "Content-Type",
            "application/x-amz-json-" + service.jsonVersion()),
        JsonBody.json(operation.input().members(), values));
  }

  private HttpRequest cbor(String base, Map<String, ?> values) {
    String path =
        "/service/" + service.targetPrefix().orElse("") + "/operation/" + operation.name();
    return post(
        base + path,
        Map.of(
            "Smithy-Protocol",
            "rpc-v2-cbor",
            "Accept",
            "application/cbor",
            "Content-Type",
            "application/cbor"),
        JsonBody.cbor(operation.input().members(), values));
  }

  private HttpRequest form(String base, Map<String, ?> values) {
    boolean ec2 = service.protocol() == Protocol.EC2;
    return post(
        base + "/",
        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        FormBody.of(operation, service.apiVersion(), values, ec2));
  }

  private static HttpRequest post(String url, Map<String, String> headers, byte[] body) {
    return new HttpRequest(Purpose.DATA, "POST", url, headers, Optional.of(body));
  }

  private HttpRequest rest(String base, Map<String, ?> values) {
    RestTarget target = RestTarget.of(operation, uri, plain(values));
    Map<String, String> headers = new LinkedHashMap<>(target.headers());
    if (service.protocol() == Protocol.REST_JSON) {
      headers.putIfAbsent("Accept", "application/json");
    }
    if (service.name().equals("glacier")) {
      headers.put("x-amz-glacier-version", service.apiVersion());
    }
    Optional<byte[]> body = body(values);
    boolean bodiless = operation.http().method().equals("GET");
    if (body.isPresent()) {
      boolean xml = service.protocol() == Protocol.REST_XML;
      headers.putIfAbsent("Content-Type", xml ? "application/xml" : "application/json");
    }
    return new HttpRequest(
        Purpose.DATA,
        operation.http().method(),
        base + target.target(),
        headers,
        bodiless ? body : body.or(() -> Optional.of(new byte[0])));
  }

  /** Route 53 gives ids with a path before them, and wants them without. */
  private Map<String, ?> plain(Map<String, ?> values) {
    if (!service.name().equals("route53")) {
      return values;
    }
    Map<String, Object> plain = new LinkedHashMap<>(values);
    plain.replaceAll(
        (name, value) ->
            value instanceof String text
                ? text.replaceFirst("^/(hostedzone|change|delegationset)/", "")
                : value);
    return plain;
  }

  private Optional<byte[]> body(Map<String, ?> values) {
    Shape.Structure input = operation.input();
    List<Member> inBody =
        input.members().stream().filter(member -> member.location() == Location.BODY).toList();
    if (input.payload().isPresent()) {
      return input.findMember(input.payload().get()).flatMap(member -> payload(member, values));
    }
    if (inBody.isEmpty()) {
      return Optional.empty();
    }
    if (service.protocol() == Protocol.REST_JSON) {
      return Optional.of(JsonBody.json(inBody, values));
    }
    String name = operation.http().bodyName().orElse(operation.name() + "Request");
    return Optional.of(XmlBody.of(name, namespace(), inBody, values));
  }

  private Optional<byte[]> payload(Member member, Map<String, ?> values) {
    Object value = values.get(member.name());
    if (value == null || !(member.shape() instanceof Shape.Structure structure)) {
      return Optional.empty();
    }
    Map<String, ?> inner = Given.structure(structure, value);
    return Optional.of(
        service.protocol() == Protocol.REST_JSON
            ? JsonBody.json(structure.members(), inner)
            : XmlBody.of(member.wireName(), namespace(), structure.members(), inner));
  }

  private String namespace() {
    return operation.http().bodyNamespace().or(service::xmlNamespace).orElse("");
  }
}
