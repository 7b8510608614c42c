package dev.quire.aws.catalogue;

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
import dev.quire.aws.model.ServiceModel.Host;
import dev.quire.aws.model.ServiceModel.ServiceEndpoint;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.MapShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.aws.model.Shape.Structure;
import dev.quire.aws.model.ShapeRef;
import dev.quire.aws.model.TimestampFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a service's model from its block. One use. */
final class ServiceReader {
  static final int STRUCTURE = 0;
  static final int LIST = 1;
  static final int MAP = 2;
  static final int SCALAR = 3;

  static final int RENAMED = 1;
  static final int REQUIRED = 2;
  static final int QUERY_NAMED = 4;
  static final int REMARKED = 8;

  private final BlockReader in;
  private final List<Shape> shapes = new ArrayList<>();

  private ServiceReader(BlockReader in) {
    this.in = in;
  }

  static ServiceModel read(byte[] block) {
    return new ServiceReader(new BlockReader(block)).service();
  }

  private ServiceModel service() {
    String name = in.text();
    String title = in.text();
    Protocol protocol = in.constant(Protocol.class);
    String jsonVersion = in.text();
    String apiVersion = in.text();
    Optional<String> targetPrefix = in.optionalText();
    Optional<String> xmlNamespace = in.optionalText();
    ServiceEndpoint endpoint = endpoint();
    shapes.addAll(in.list(this::shape));
    SortedMap<String, OperationModel> operations = new TreeMap<>();
    in.list(this::operation).forEach(each -> operations.put(each.snakeName(), each));
    if (!in.isAtEnd()) {
      throw new IllegalArgumentException("something follows the operations of " + name);
    }
    return new ServiceModel(
        name,
        title,
        protocol,
        jsonVersion,
        apiVersion,
        targetPrefix,
        xmlNamespace,
        endpoint,
        operations);
  }

  private ShapeRef ref() {
    return new ShapeRef(shapes::get, in.integer());
  }

  private Shape shape() {
    int kind = in.integer();
    return switch (kind) {
      case STRUCTURE -> {
        Optional<String> payload = in.optionalText();
        yield new Structure(in.list(this::member), payload);
      }
      case LIST -> {
        boolean flattened = in.flag();
        Optional<String> wireName = in.optionalText();
        yield new ListShape(ref(), wireName, flattened);
      }
      case MAP -> {
        boolean flattened = in.flag();
        Optional<String> keyName = in.optionalText();
        Optional<String> valueName = in.optionalText();
        yield new MapShape(ref(), ref(), keyName, valueName, flattened);
      }
      case SCALAR ->
          new Scalar(
              in.constant(ScalarKind.class),
              in.optionalNumber(),
              in.optionalNumber(),
              timestampFormat());
      default -> throw new IllegalArgumentException("shape of kind " + kind);
    };
  }

  private Optional<TimestampFormat> timestampFormat() {
    int number = in.integer();
    return number == 0 ? Optional.empty() : Optional.of(TimestampFormat.values()[number - 1]);
  }

  private Member member() {
    String name = in.text();
    int flags = in.integer();
    ShapeRef shape = ref();
    return new Member(
        name,
        (flags & RENAMED) != 0 ? in.text() : name,
        (flags & QUERY_NAMED) != 0 ? Optional.of(in.text()) : Optional.empty(),
        Location.values()[flags >> 4 & 7],
        shape,
        (flags & REQUIRED) != 0,
        Member.Form.values()[flags >> 7],
        (flags & REMARKED) != 0 ? Optional.of(in.text()) : Optional.empty());
  }

  private OperationModel operation() {
    String name = in.text();
    String snakeName = in.text();
    Http http = new Http(in.text(), in.text(), in.optionalText(), in.optionalText());
    ShapeRef input = ref();
    ShapeRef output = ref();
    Optional<String> resultWrapper = in.optionalText();
    Auth auth = in.constant(Auth.class);
    Optional<String> hostPrefix = in.optionalText();
    Optional<ServiceEndpoint> endpoint = in.flag() ? Optional.of(endpoint()) : Optional.empty();
    boolean needsDiscovery = in.flag();
    Map<String, String> defaults = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      defaults.put(in.text(), in.text());
    }
    return new OperationModel(
        name,
        snakeName,
        http,
        input,
        output,
        resultWrapper,
        auth,
        hostPrefix,
        endpoint,
        needsDiscovery,
        defaults,
        paginator(),
        in.flag() ? Optional.of(new RowOrder(in.text(), in.flag())) : Optional.empty(),
        in.optionalText());
  }

  private ServiceEndpoint endpoint() {
    String prefix = in.text();
    String signingName = in.text();
    Map<String, Host> hosts = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      hosts.put(in.text(), new Host(in.text(), in.optionalText()));
    }
    return new ServiceEndpoint(prefix, signingName, hosts);
  }

  private Paginator paginator() {
    return new Paginator(
        in.list(() -> new Paginator.Token(in.text(), Path.parse(in.text()))),
        in.list(() -> Path.parse(in.text())),
        in.optionalText().map(Path::parse),
        in.optionalText().map(this::limit),
        in.list(() -> Path.parse(in.text())),
        in.flag(),
        in.constant(Paginator.Origin.class));
  }

  private Paginator.Limit limit(String member) {
    OptionalLong min = in.optionalNumber();
    return new Paginator.Limit(member, min, in.optionalNumber());
  }
}
