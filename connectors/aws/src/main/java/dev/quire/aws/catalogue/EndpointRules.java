package dev.quire.aws.catalogue;

import dev.quire.aws.model.ServiceModel.Host;
import dev.quire.aws.model.ServiceModel.ServiceEndpoint;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the hosts of a service by asking its rules for endpoints about a few regions: what differs
 * from {@code PREFIX.REGION.SUFFIX} is written down. The rules themselves stay behind. Immutable.
 */
final class EndpointRules {
  /** Two regions of each partition, so that the home of a service with one place stands out. */
  private static final Map<String, List<String>> REGIONS =
      Map.of(
          "aws", List.of("eu-central-1", "us-east-1"),
          "aws-cn", List.of("cn-north-1", "cn-northwest-1"),
          "aws-us-gov", List.of("us-gov-east-1", "us-gov-west-1"));

  private static final Map<String, Partition> PARTITIONS =
      Map.of(
          "aws", new Partition("aws", "amazonaws.com", "api.aws", "us-east-1"),
          "aws-cn",
              new Partition(
                  "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"),
          "aws-us-gov", new Partition("aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1"));

  private final Node rules;

  EndpointRules(Node rules) {
    this.rules = rules;
  }

  /**
   * The endpoint of a service, or of an operation with constants of its own.
   *
   * @param constants parameters of the rules besides the region
   */
  ServiceEndpoint endpoint(String prefix, String signingName, Map<String, Object> constants) {
    Map<String, Host> hosts = new TreeMap<>();
    String signer = signingName;
    for (Partition partition : PARTITIONS.values()) {
      Optional<Answer> answer = answer(partition, constants);
      if (answer.isPresent() && !answer.get().isUsual(prefix + ".{region}." + partition.suffix())) {
        hosts.put(partition.name(), answer.get().host());
      }
      if (partition.name().equals("aws")) {
        signer = answer.flatMap(Answer::signingName).orElse(signer);
      }
    }
    return new ServiceEndpoint(prefix, signer, hosts);
  }

  /** The answer that says most of its own: a fixed host or a fixed region wins. */
  private Optional<Answer> answer(Partition partition, Map<String, Object> constants) {
    return REGIONS.getOrDefault(partition.name(), List.of()).stream()
        .flatMap(region -> ask(partition, region, constants).stream())
        .max(Comparator.comparingInt(Answer::fixedParts));
  }

  private Optional<Answer> ask(Partition partition, String region, Map<String, Object> constants) {
    Map<String, Object> known = new LinkedHashMap<>();
    rules
        .node("parameters")
        .nodes()
        .forEach((name, each) -> each.find("default").ifPresent(value -> known.put(name, value)));
    known.putAll(constants);
    known.put("Region", region);
    return new EndpointQuestion(known, partition.attributes())
        .answer(rules.list("rules"))
        .map(endpoint -> Answer.of(endpoint, region));
  }

  /** What is known of a group of regions. */
  private record Partition(String name, String suffix, String dualSuffix, String globalRegion) {
    Map<String, Object> attributes() {
      return Map.of(
          "name", name,
          "dnsSuffix", suffix,
          "dualStackDnsSuffix", dualSuffix,
          "implicitGlobalRegion", globalRegion,
          "supportsFIPS", true,
          "supportsDualStack", true);
    }
  }

  /** A host, with its region left open, and how it is signed for. */
  private record Answer(Host host, Optional<String> signingName) {
    static Answer of(EndpointQuestion.Endpoint endpoint, String region) {
      String name = endpoint.url().replaceFirst("^https://", "").replace(region, "{region}");
      return new Answer(
          new Host(name, endpoint.signingRegion().filter(each -> !each.equals(region))),
          endpoint.signingName());
    }

    int fixedParts() {
      return (host.name().contains("{region}") ? 0 : 1)
          + (host.signingRegion().isPresent() ? 1 : 0);
    }

    boolean isUsual(String pattern) {
      return host.signingRegion().isEmpty() && host.name().equals(pattern);
    }
  }
}
