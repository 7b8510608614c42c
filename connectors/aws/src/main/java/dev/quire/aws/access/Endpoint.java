package dev.quire.aws.access;

import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.ServiceModel.Host;
import dev.quire.aws.model.ServiceModel.ServiceEndpoint;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceEndpointKey;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsPartitionMetadata;

/**
 * Where an operation's requests go and how they are signed for.
 *
 * @param base scheme, host, port, and the path before the operation's own; no slash at its end
 * @param signingRegion in a signature's scope
 * @param signingName in a signature's scope
 * @param bucketInHost whether the host names the bucket, so that the path does not
 */
public record Endpoint(
    String base, String signingRegion, String signingName, boolean bucketInHost) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final Pattern LABEL = Pattern.compile("\\{([^}]+)}");

  /**
   * Finds the endpoint of an operation. Sends nothing.
   *
   * @param values of the request's members: some stand in the host
   * @throws SourceException INVALID_STATEMENT or UNSUPPORTED, when a value cannot be in a host
   */
  public static Endpoint of(
      Access access,
      ServiceModel service,
      OperationModel operation,
      String region,
      Map<String, ?> values) {
    if (operation.needsDiscovery() && access.endpoint().isEmpty()) {
      throw new SourceException(
              ErrorKind.UNSUPPORTED,
              service.name() + " wants to be asked for the endpoint of " + operation.name())
          .withHint("Ask it with the AWS CLI, and give what it says as the source's endpoint.");
    }
    ServiceEndpoint known = operation.endpoint().orElse(service.endpoint());
    String partition = partition(region).id();
    Optional<Host> special = Optional.ofNullable(known.hosts().get(partition));
    String signingRegion = special.flatMap(Host::signingRegion).orElse(region);
    if (access.endpoint().isPresent()) {
      return new Endpoint(access.endpoint().get(), signingRegion, known.signingName(), false);
    }
    String host = host(access, known, special, region);
    String prefix = operation.hostPrefix().map(text -> prefix(text, values)).orElse("");
    Optional<String> bucket = bucket(service, operation, values);
    String whole = bucket.map(name -> name + ".").orElse("") + prefix + host;
    return new Endpoint("https://" + whole, signingRegion, known.signingName(), bucket.isPresent());
  }

  private static String host(
      Access access, ServiceEndpoint known, Optional<Host> special, String region) {
    if (access.fips() || access.dualStack()) {
      return variant(access, known, region);
    }
    return special
        .map(host -> host.name().replace("{region}", region))
        .orElseGet(() -> known.prefix() + "." + region + "." + partition(region).dnsSuffix());
  }

  /** Asks for the usual one alone first: to ask for any loads hundreds of classes. */
  private static PartitionMetadata partition(String region) {
    PartitionMetadata usual = new AwsPartitionMetadata();
    return region.matches(usual.regionRegex()) ? usual : PartitionMetadata.of(Region.of(region));
  }

  /** The SDK's own table knows the hosts for FIPS and IPv6. */
  private static String variant(Access access, ServiceEndpoint known, String region) {
    Set<EndpointTag> tags = new LinkedHashSet<>();
    if (access.fips()) {
      tags.add(EndpointTag.FIPS);
    }
    if (access.dualStack()) {
      tags.add(EndpointTag.DUALSTACK);
    }
    ServiceEndpointKey key =
        ServiceEndpointKey.builder().region(Region.of(region)).tags(tags).build();
    return ServiceMetadata.of(known.prefix()).endpointFor(key).toString();
  }

  private static String prefix(String template, Map<String, ?> values) {
    Matcher label = LABEL.matcher(template);
    return label.replaceAll(match -> Matcher.quoteReplacement(part(match.group(1), values)));
  }

  private static String part(String member, Map<String, ?> values) {
    Object value = values.get(member);
    if (value == null || !value.toString().matches("[A-Za-z0-9-]{1,63}")) {
      throw new SourceException(
          ErrorKind.INVALID_STATEMENT,
          member + " stands in the service's host name: letters, digits and hyphens only");
    }
    return value.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Endpoint that
        && base.equals(that.base)
        && signingRegion.equals(that.signingRegion)
        && signingName.equals(that.signingName)
        && bucketInHost == that.bucketInHost;
  }

  @Override
  public int hashCode() {
    return 31 * base.hashCode() + signingRegion.hashCode();
  }

  /** S3 is asked at the bucket's own host, if its name can be a part of one. */
  private static Optional<String> bucket(
      ServiceModel service, OperationModel operation, Map<String, ?> values) {
    if (!service.name().equals("s3") || !operation.http().uri().startsWith("/{Bucket}")) {
      return Optional.empty();
    }
    String bucket = String.valueOf(values.get("Bucket"));
    if (bucket.startsWith("arn:")) {
      throw new SourceException(
          ErrorKind.UNSUPPORTED, "access points are not read; give the bucket's own name");
    }
    return Optional.of(bucket).filter(name -> BUCKET.matcher(name).matches());
  }
}
