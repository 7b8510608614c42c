package dev.quire.aws.wire;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.TimestampFormat;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Path, query and headers of a REST request.
 *
 * @param target path and query, encoded
 */
record RestTarget(String target, Map<String, String> headers) {
  private static final Pattern LABEL = Pattern.compile("\\{([^}+]+)(\\+?)}");

  /**
   * @param uri the template of path and query
   */
  static RestTarget of(OperationModel operation, String uri, Map<String, ?> values) {
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    List<String> query = new ArrayList<>();
    if (question >= 0) {
      query.add(uri.substring(question + 1));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Member member : operation.input().members()) {
      Object value = values.get(member.name());
      if (value != null) {
        switch (member.location()) {
          case QUERY -> addQuery(query, member, value);
          case HEADER -> headers.put(member.wireName(), header(member, value));
          case HEADERS ->
              Given.map(value).forEach((k, v) -> headers.put(member.wireName() + k, "" + v));
          case BODY, URI, STATUS -> {}
        }
      }
    }
    String all = String.join("&", query);
    return new RestTarget(
        path(operation, path, values) + (all.isEmpty() ? "" : "?" + all), headers);
  }

  private static String path(OperationModel operation, String path, Map<String, ?> values) {
    Matcher label = LABEL.matcher(path.startsWith("/") ? path : "/" + path);
    return label.replaceAll(
        match -> {
          String text = part(operation, match.group(1), values);
          boolean slashes = !match.group(2).isEmpty();
          return Matcher.quoteReplacement(
              slashes ? Percent.encodePath(text) : Percent.encode(text));
        });
  }

  private static String part(OperationModel operation, String wireName, Map<String, ?> values) {
    for (Member member : operation.input().members()) {
      if (member.wireName().equals(wireName) && values.get(member.name()) != null) {
        String text = scalar(member.shape(), values.get(member.name()));
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    throw new SourceException(
        ErrorKind.INVALID_STATEMENT,
        operation.name() + " answers only for a given " + wireName + ", which is not empty");
  }

  private static void addQuery(List<String> query, Member member, Object value) {
    if (member.shape() instanceof Shape.ListShape list) {
      Given.list(value).forEach(each -> query.add(pair(member.wireName(), list.element(), each)));
    } else if (member.shape() instanceof Shape.MapShape map) {
      Given.map(value)
          .forEach(
              (key, each) -> {
                if (map.value() instanceof Shape.ListShape list) {
                  Given.list(each).forEach(one -> query.add(pair(key, list.element(), one)));
                } else {
                  query.add(pair(key, map.value(), each));
                }
              });
    } else {
      query.add(pair(member.wireName(), member.shape(), value));
    }
  }

  private static String pair(String name, Shape shape, Object value) {
    return Percent.encode(name) + "=" + Percent.encode(scalar(shape, value));
  }

  private static String scalar(Shape shape, Object value) {
    return shape instanceof Shape.Scalar scalar
        ? Scalars.text(scalar, value, TimestampFormat.ISO8601)
        : JsonTree.text(value);
  }

  private static String header(Member member, Object value) {
    if (member.shape() instanceof Shape.ListShape) {
      return String.join(",", Given.list(value).stream().map(String::valueOf).toList());
    }
    return member.shape() instanceof Shape.Scalar scalar
        ? Scalars.text(scalar, value, TimestampFormat.RFC822)
        : JsonTree.text(value);
  }
}
