package dev.quire.aws.catalogue;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.ServiceModel.ServiceEndpoint;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.MapShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.Structure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes a service's model as one block; {@link ServiceReader} reads it. One use. */
final class ServiceWriter {
  private final BlockWriter out = new BlockWriter();
  private final Map<Shape, Integer> numbers = new IdentityHashMap<>();
  private final Map<Scalar, Integer> scalars = new HashMap<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final Set<Shape> described = Collections.newSetFromMap(new IdentityHashMap<>());

  static byte[] write(ServiceModel service) {
    return new ServiceWriter().block(service);
  }

  private byte[] block(ServiceModel service) {
    for (OperationModel operation : service.operations().values()) {
      describe(operation);
      collect(operation.input());
      collect(operation.output());
    }
    out.text(service.name()).text(service.title()).number(service.protocol().ordinal());
    out.text(service.jsonVersion()).text(service.apiVersion());
    out.text(service.targetPrefix()).text(service.xmlNamespace());
    endpoint(service.endpoint());
    out.number(shapes.size());
    shapes.forEach(this::shape);
    out.number(service.operations().size());
    service.operations().values().forEach(this::operation);
    return out.bytes();
  }

  /** Keeps the remarks of what users see: of requests, of rows, and of structures in rows. */
  private void describe(OperationModel operation) {
    described.add(operation.input());
    for (Path result : operation.paginator().results()) {
      result.findShape(operation.output()).map(ServiceWriter::element).ifPresent(this::describe);
    }
  }

  private void describe(Shape row) {
    described.add(row);
    if (row instanceof Structure structure) {
      structure.members().forEach(member -> described.add(member.shape()));
    }
  }

  private static Shape element(Shape rows) {
    return rows instanceof ListShape list
        ? list.element()
        : rows instanceof MapShape map ? map.value() : rows;
  }

  /** Numbers the shapes, each before those that it holds. */
  private void collect(Shape root) {
    List<Shape> open = new ArrayList<>(List.of(root));
    while (!open.isEmpty()) {
      Shape shape = open.remove(open.size() - 1);
      if (!isNew(shape)) {
        continue;
      }
      if (shape instanceof Structure structure) {
        structure.members().forEach(member -> open.add(member.shape()));
      } else if (shape instanceof ListShape list) {
        open.add(list.element());
      } else if (shape instanceof MapShape map) {
        open.add(map.key());
        open.add(map.value());
      }
    }
  }

  private boolean isNew(Shape shape) {
    if (numbers.containsKey(shape)) {
      return false;
    }
    int number =
        shape instanceof Scalar scalar
            ? scalars.computeIfAbsent(scalar, unused -> shapes.size())
            : shapes.size();
    numbers.put(shape, number);
    if (number == shapes.size()) {
      shapes.add(shape);
    }
    return true;
  }

  private void ref(Shape shape) {
    out.number(Objects.requireNonNull(numbers.get(shape)));
  }

  private void shape(Shape shape) {
    if (shape instanceof Structure structure) {
      out.number(ServiceReader.STRUCTURE).text(structure.payload());
      out.number(structure.members().size());
      boolean withRemarks = described.contains(structure);
      structure.members().forEach(member -> member(member, withRemarks));
    } else if (shape instanceof ListShape list) {
      out.number(ServiceReader.LIST).flag(list.flattened()).text(list.wireName());
      ref(list.element());
    } else if (shape instanceof MapShape map) {
      out.number(ServiceReader.MAP).flag(map.flattened());
      out.text(map.keyName()).text(map.valueName());
      ref(map.key());
      ref(map.value());
    } else if (shape instanceof Scalar scalar) {
      out.number(ServiceReader.SCALAR).number(scalar.kind().ordinal());
      out.number(scalar.min()).number(scalar.max());
      out.number(scalar.format().map(each -> each.ordinal() + 1).orElse(0));
    }
  }

  private void member(Member member, boolean withRemarks) {
    Optional<String> remarks = withRemarks ? member.remarks() : Optional.empty();
    boolean renamed = !member.wireName().equals(member.name());
    out.text(member.name());
    out.number(
        (renamed ? ServiceReader.RENAMED : 0)
            | (member.required() ? ServiceReader.REQUIRED : 0)
            | (member.queryName().isPresent() ? ServiceReader.QUERY_NAMED : 0)
            | (remarks.isPresent() ? ServiceReader.REMARKED : 0)
            | member.location().ordinal() << 4
            | member.form().ordinal() << 7);
    ref(member.shape());
    if (renamed) {
      out.text(member.wireName());
    }
    member.queryName().ifPresent(out::text);
    remarks.ifPresent(out::text);
  }

  private void operation(OperationModel operation) {
    out.text(operation.name()).text(operation.snakeName());
    out.text(operation.http().method()).text(operation.http().uri());
    out.text(operation.http().bodyName()).text(operation.http().bodyNamespace());
    ref(operation.input());
    ref(operation.output());
    out.text(operation.resultWrapper()).number(operation.auth().ordinal());
    out.text(operation.hostPrefix()).flag(operation.endpoint().isPresent());
    operation.endpoint().ifPresent(this::endpoint);
    out.flag(operation.needsDiscovery());
    out.number(operation.defaults().size());
    new TreeMap<>(operation.defaults()).forEach((name, value) -> out.text(name).text(value));
    paginator(operation.paginator());
    out.flag(operation.order().isPresent());
    operation.order().ifPresent(order -> out.text(order.member()).flag(order.descending()));
    out.text(operation.remarks());
  }

  private void endpoint(ServiceEndpoint endpoint) {
    out.text(endpoint.prefix()).text(endpoint.signingName()).number(endpoint.hosts().size());
    new TreeMap<>(endpoint.hosts())
        .forEach(
            (partition, host) -> out.text(partition).text(host.name()).text(host.signingRegion()));
  }

  private void paginator(Paginator paginator) {
    out.number(paginator.tokens().size());
    paginator.tokens().forEach(token -> out.text(token.input()).text(token.output().toString()));
    paths(paginator.results());
    out.text(paginator.moreResults().map(Path::toString));
    out.text(paginator.limit().map(Paginator.Limit::member));
    paginator.limit().ifPresent(limit -> out.number(limit.min()).number(limit.max()));
    paths(paginator.nonAggregate());
    out.flag(paginator.repeatedTokenEnds()).number(paginator.origin().ordinal());
  }

  private void paths(List<Path> paths) {
    out.number(paths.size());
    paths.forEach(path -> out.text(path.toString()));
  }
}
