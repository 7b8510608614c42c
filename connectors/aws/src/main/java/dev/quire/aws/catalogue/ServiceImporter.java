package dev.quire.aws.catalogue;

import dev.quire.aws.catalogue.Corrections.Correction;
import dev.quire.aws.catalogue.Corrections.What;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.OperationModel.Auth;
import dev.quire.aws.model.OperationModel.Http;
import dev.quire.aws.model.OperationModel.RowOrder;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.ServiceModel.ServiceEndpoint;
import dev.quire.aws.model.Shape.Structure;
import dev.quire.aws.model.ShapeRef;
import dev.quire.aws.model.SnakeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the model of one service, with the operations that page, from botocore's files. */
final class ServiceImporter {
  private static final int LONGEST_REMARK = 200;

  /** Protocols by their names in the models, the one to prefer first. */
  private static final Map<String, Protocol> PROTOCOLS = new LinkedHashMap<>();

  static {
    PROTOCOLS.put("json", Protocol.JSON);
    PROTOCOLS.put("rest-json", Protocol.REST_JSON);
    PROTOCOLS.put("rest-xml", Protocol.REST_XML);
    PROTOCOLS.put("smithy-rpc-v2-cbor", Protocol.RPC_V2_CBOR);
    PROTOCOLS.put("query", Protocol.QUERY);
    PROTOCOLS.put("ec2", Protocol.EC2);
  }

  private final String name;
  private final Node service;
  private final Node metadata;
  private final Node paginators;
  private final EndpointRules rules;
  private final Corrections corrections;
  private final ShapeImporter shapes;

  ServiceImporter(String name, ModelFolder folder, Corrections corrections) {
    this.name = name;
    this.service = folder.service(name);
    this.metadata = service.node("metadata");
    this.paginators = folder.paginators(name);
    this.rules = new EndpointRules(folder.endpointRules(name));
    this.corrections = corrections;
    this.shapes = new ShapeImporter(service.node("shapes"));
  }

  ServiceModel service() {
    SortedMap<String, OperationModel> operations = new TreeMap<>();
    ServiceEndpoint endpoint = endpoint(Map.of());
    service
        .node("operations")
        .nodes()
        .forEach(
            (operation, node) ->
                operation(operation, node, endpoint)
                    .ifPresent(each -> operations.put(each.snakeName(), each)));
    return new ServiceModel(
        name,
        metadata.requireText("serviceFullName"),
        protocol(),
        metadata.text("jsonVersion").orElse(""),
        metadata.requireText("apiVersion"),
        metadata.text("targetPrefix"),
        metadata.text("xmlNamespace"),
        endpoint,
        operations);
  }

  private Protocol protocol() {
    List<String> offered = metadata.texts("protocols");
    return PROTOCOLS.entrySet().stream()
        .filter(
            each ->
                offered.contains(each.getKey())
                    || metadata.text("protocol").equals(Optional.of(each.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " speaks none of our protocols"));
  }

  private ServiceEndpoint endpoint(Map<String, Object> constants) {
    String prefix = metadata.requireText("endpointPrefix");
    return rules.endpoint(prefix, metadata.text("signingName").orElse(prefix), constants);
  }

  private Optional<OperationModel> operation(String operation, Node node, ServiceEndpoint usual) {
    Optional<Paginator> paginator = paginator(operation, node);
    if (paginator.isEmpty()) {
      return Optional.empty();
    }
    ServiceEndpoint endpoint = endpoint(constants(node));
    Map<String, String> defaults = new LinkedHashMap<>();
    said(operation, What.DEFAULT).forEach(each -> defaults.put(each.detail(0), each.detail(1)));
    return Optional.of(
        new OperationModel(
            operation,
            SnakeName.of(operation),
            http(node),
            shape(node, "input"),
            shape(node, "output"),
            node.node("output").text("resultWrapper"),
            auth(node),
            node.node("endpoint").text("hostPrefix"),
            endpoint.equals(usual) ? Optional.empty() : Optional.of(endpoint),
            node.node("endpointdiscovery").flag("required"),
            defaults,
            paginator.get(),
            order(operation),
            node.text("documentation").flatMap(text -> FirstSentence.of(text, LONGEST_REMARK))));
  }

  private Optional<Paginator> paginator(String operation, Node node) {
    if (!said(operation, What.DOES_NOT_PAGE).isEmpty()) {
      return Optional.empty();
    }
    Structure input = (Structure) shape(node, "input").shape();
    Structure output = (Structure) shape(node, "output").shape();
    Optional<Paginator> found =
        paginators.has(operation)
            ? Optional.of(PaginatorImporter.declared(paginators.node(operation), input))
            : node.flag("deprecated")
                ? Optional.empty()
                : PaginatorInference.infer(operation, input, output);
    for (Correction each : corrections.of(name, operation)) {
      found = PaginatorImporter.corrected(found, each, input);
    }
    return found;
  }

  private ShapeRef shape(Node operation, String side) {
    return operation
        .node(side)
        .text("shape")
        .map(shapes::ref)
        .orElseGet(() -> ShapeRef.to(Structure.of()));
  }

  /** What an operation tells the rules for endpoints, unless they also look at its bucket. */
  private Map<String, Object> constants(Node operation) {
    Map<String, Object> constants = new TreeMap<>();
    if (shape(operation, "input").shape() instanceof Structure input
        && input.findMember("Bucket").isPresent()) {
      return constants;
    }
    operation
        .node("staticContextParams")
        .nodes()
        .forEach((key, each) -> each.find("value").ifPresent(value -> constants.put(key, value)));
    return constants;
  }

  private static Http http(Node operation) {
    Node input = operation.node("input");
    return new Http(
        operation.node("http").requireText("method"),
        operation.node("http").requireText("requestUri"),
        input.text("locationName"),
        input.node("xmlNamespace").text("uri"));
  }

  private Auth auth(Node operation) {
    if (!metadata.requireText("signatureVersion").matches("v4|s3|s3v4")) {
      return Auth.UNSUPPORTED;
    }
    if (operation.text("authtype").equals(Optional.of("none"))) {
      return Auth.NONE;
    }
    return operation.text("authtype").equals(Optional.of("v4-unsigned-body"))
            || operation.flag("unsignedPayload")
        ? Auth.UNSIGNED_BODY
        : Auth.SIGNED;
  }

  private Optional<RowOrder> order(String operation) {
    return said(operation, What.ORDER).stream()
        .map(each -> new RowOrder(each.detail(0), each.detail(1).equals("descending")))
        .findFirst();
  }

  private List<Correction> said(String operation, What what) {
    return corrections.of(name, operation).stream().filter(each -> each.what() == what).toList();
  }
}
