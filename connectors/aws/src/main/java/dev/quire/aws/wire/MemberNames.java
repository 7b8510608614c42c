package dev.quire.aws.wire;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of structures by their names on the wire, made when first needed. One thread. */
final class MemberNames {
  private final boolean xml;
  private final Map<Shape.Structure, Map<String, Member>> known = new IdentityHashMap<>();

  /**
   * @param xml whether flattened lists are named by their elements
   */
  MemberNames(boolean xml) {
    this.xml = xml;
  }

  @Nullable Member find(Shape.Structure shape, String wireName) {
    Map<String, Member> names = known.get(shape);
    if (names == null) {
      names = names(shape);
      known.put(shape, names);
    }
    return names.get(wireName);
  }

  private Map<String, Member> names(Shape.Structure shape) {
    Map<String, Member> names = new HashMap<>();
    for (Member member : shape.members()) {
      if (member.location() == Location.BODY) {
        names.put(name(member), member);
      }
    }
    return names;
  }

  private String name(Member member) {
    return xml && member.shape() instanceof Shape.ListShape list && list.flattened()
        ? list.wireName().orElse(member.wireName())
        : member.wireName();
  }
}
