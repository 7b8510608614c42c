package dev.quire.aws.model;

import java.util.Optional;

/**
 * A member of a structure.
 *
 * @param name the API's name, which users see
 * @param wireName the name on the wire where it differs: of a JSON or XML member, a header, a query
 *     parameter or a part of the path
 * @param queryName the name in an EC2 request where neither of the two gives it
 * @param location where it stands; matters in the outermost structure of a request or answer only
 * @param ref its shape; ask {@link #shape}
 * @param remarks the first sentence of the service's own description; of requests and rows only
 */
public record Member(
    String name,
    String wireName,
    Optional<String> queryName,
    Location location,
    ShapeRef ref,
    boolean required,
    Form form,
    Optional<String> remarks) {

  /** What is special about how a member is written. */
  public enum Form {
    PLAIN,
    /** An attribute of the XML element instead of an element. */
    XML_ATTRIBUTE,
    /** A string that holds JSON; in a header, in base64. */
    JSON_TEXT,
    /** A token that makes a request safe to repeat; made up by the client when absent. */
    IDEMPOTENCY_TOKEN,
    /** The body as it comes. */
    STREAM
  }

  /** A member of the body by its own name. */
  public static Member of(String name, Shape shape) {
    return new Member(
        name,
        name,
        Optional.empty(),
        Location.BODY,
        ShapeRef.to(shape),
        false,
        Form.PLAIN,
        Optional.empty());
  }

  public Shape shape() {
    return ref.shape();
  }

  public Member at(Location place, String nameThere) {
    return new Member(name, nameThere, queryName, place, ref, required, form, remarks);
  }

  public Member asRequired() {
    return new Member(name, wireName, queryName, location, ref, true, form, remarks);
  }
}
