package dev.quire.aws.model;

import dev.quire.aws.model.ServiceModel.ServiceEndpoint;
import java.util.Map;
import java.util.Optional;

/**
 * An operation that pages.
 *
 * @param name the API's name: {@code GetJobRuns}
 * @param snakeName as boto3 says it: {@code get_job_runs}
 * @param http how a REST request is made
 * @param inputRef ask {@link #input}
 * @param outputRef ask {@link #output}
 * @param resultWrapper the XML element around the answer's members, of {@link Protocol#QUERY}
 * @param auth how it is signed
 * @param hostPrefix put before the host; may hold {@code {Member}} of the request
 * @param endpoint where requests go, if not where the service's others do
 * @param needsDiscovery whether the service demands that its endpoint is asked for first
 * @param defaults values, as texts, of request members that the statement gives none: what a
 *     complete read needs, for example to begin at a log's head
 * @param order in which the service gives the rows, where it promises one
 * @param remarks the first sentence of the service's own description
 */
public record OperationModel(
    String name,
    String snakeName,
    Http http,
    ShapeRef inputRef,
    ShapeRef outputRef,
    Optional<String> resultWrapper,
    Auth auth,
    Optional<String> hostPrefix,
    Optional<ServiceEndpoint> endpoint,
    boolean needsDiscovery,
    Map<String, String> defaults,
    Paginator paginator,
    Optional<RowOrder> order,
    Optional<String> remarks) {

  public OperationModel {
    defaults = Map.copyOf(defaults);
  }

  /** The request's members; none for an operation that takes nothing. */
  public Shape.Structure input() {
    return (Shape.Structure) inputRef.shape();
  }

  public Shape.Structure output() {
    return (Shape.Structure) outputRef.shape();
  }

  /**
   * Method, path, and the element around a REST-XML body.
   *
   * @param uri the path and constant query: {@code /{Bucket}?list-type=2}
   * @param bodyName the outermost element of a REST-XML request
   * @param bodyNamespace its namespace
   */
  public record Http(
      String method, String uri, Optional<String> bodyName, Optional<String> bodyNamespace) {}

  /** How a request is signed. */
  public enum Auth {
    SIGNED,
    /** Signed without the hash of its body. */
    UNSIGNED_BODY,
    /** Not signed. */
    NONE,
    /** In a way older or newer than signature version 4: cannot be read. */
    UNSUPPORTED
  }

  /**
   * The order of an operation's rows.
   *
   * @param member of a row
   */
  public record RowOrder(String member, boolean descending) {}
}
