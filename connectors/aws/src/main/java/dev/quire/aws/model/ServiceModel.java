package dev.quire.aws.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service and its operations that page. Immutable and thread-safe.
 *
 * @param name as boto3 says it: {@code glue}
 * @param title the service's own name: {@code AWS Glue}
 * @param jsonVersion {@code 1.0} or {@code 1.1}, of {@link Protocol#JSON}
 * @param targetPrefix what stands before the operation's name in {@code X-Amz-Target}
 * @param xmlNamespace of a REST-XML body
 * @param endpoint where requests go
 * @param operations by their snake-case names
 */
public record ServiceModel(
    String name,
    String title,
    Protocol protocol,
    String jsonVersion,
    String apiVersion,
    Optional<String> targetPrefix,
    Optional<String> xmlNamespace,
    ServiceEndpoint endpoint,
    SortedMap<String, OperationModel> operations) {

  public ServiceModel {
    operations = Collections.unmodifiableSortedMap(new TreeMap<>(operations));
  }

  /** Finds an operation by its snake-case name. */
  public Optional<OperationModel> findOperation(String snakeName) {
    return Optional.ofNullable(operations.get(snakeName));
  }

  /** The name alone: all operations would not fit into a message. */
  @Override
  public String toString() {
    return name;
  }

  /**
   * Where a service is reached and how it is signed for.
   *
   * @param prefix the host's first part where {@code hosts} says nothing: {@code
   *     PREFIX.REGION.amazonaws.com}
   * @param signingName in a signature's scope
   * @param hosts by partition ({@code aws}, {@code aws-cn}, {@code aws-us-gov}): a host that
   *     differs from the pattern
   */
  public record ServiceEndpoint(String prefix, String signingName, Map<String, Host> hosts) {
    public ServiceEndpoint {
      hosts = Map.copyOf(hosts);
    }
  }

  /**
   * A host of a partition.
   *
   * @param name may hold {@code {region}}
   * @param signingRegion the region in a signature's scope, of a service that has one place only
   */
  public record Host(String name, Optional<String> signingRegion) {}
}
