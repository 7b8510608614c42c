package dev.quire.aws.wire;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import java.io.IOException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** A value of an XML answer: an element, or one attribute of it. One thread. */
final class XmlCursor implements AnswerCursor {
  private static final int MOST_DEPTH = 1_000;

  private final XMLStreamReader xml;
  private final MemberNames names;
  private @Nullable String attribute;
  private int depth;

  /**
   * @param xml at the start of the value's element
   */
  XmlCursor(XMLStreamReader xml, MemberNames names) {
    this.xml = xml;
    this.names = names;
  }

  /** What is done with an element whose name is known. */
  private interface ChildVisitor {
    void visit(String name) throws IOException;
  }

  @Override
  public boolean isNull() {
    return false;
  }

  @Override
  public void structure(Shape.Structure shape, MemberVisitor visitor) throws IOException {
    attributes(shape, visitor);
    children(
        name -> {
          Member member = names.find(shape, name);
          if (member == null) {
            skip();
            visitor.unknown(name);
          } else {
            visitor.visit(member);
          }
        });
  }

  private void attributes(Shape.Structure shape, MemberVisitor visitor) throws IOException {
    int count = xml.getAttributeCount();
    if (count == 0) {
      return;
    }
    for (Member member : shape.members()) {
      if (member.form() == Member.Form.XML_ATTRIBUTE) {
        String name = member.wireName().substring(member.wireName().indexOf(':') + 1);
        for (int i = 0; i < count; i++) {
          if (xml.getAttributeLocalName(i).equals(name)) {
            attribute = xml.getAttributeValue(i);
            visitor.visit(member);
            attribute = null;
          }
        }
      }
    }
  }

  /** Shows each child element; ends at the end of the current one. */
  private void children(ChildVisitor visitor) throws IOException {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        return;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        visitor.visit(xml.getLocalName());
      }
    }
  }

  @Override
  public void list(Shape.ListShape shape, ElementVisitor visitor) throws IOException {
    if (shape.flattened()) {
      visitor.visit();
    } else {
      children(name -> visitor.visit());
    }
  }

  @Override
  public void map(Shape.MapShape shape, EntryVisitor visitor) throws IOException {
    if (shape.flattened()) {
      entry(shape, visitor);
    } else {
      children(name -> entry(shape, visitor));
    }
  }

  private void entry(Shape.MapShape shape, EntryVisitor visitor) throws IOException {
    String[] key = {""};
    children(
        name -> {
          if (name.equals(shape.keyName().orElse("key"))) {
            key[0] = text();
          } else if (name.equals(shape.valueName().orElse("value"))) {
            visitor.visit(key[0]);
          } else {
            skip();
          }
        });
  }

  @Override
  public @Nullable Object scalar(Shape.Scalar shape) throws IOException {
    String text = text();
    boolean textual =
        shape.kind() == Shape.ScalarKind.STRING
            || shape.kind() == Shape.ScalarKind.DOCUMENT
            || shape.kind() == Shape.ScalarKind.BLOB;
    return text.isBlank() && !textual ? null : Scalars.parse(shape, text);
  }

  private String text() throws IOException {
    if (attribute != null) {
      return attribute;
    }
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
        case XMLStreamConstants.START_ELEMENT ->
            throw new Misfit("an element <" + Scalars.shown(xml.getLocalName()) + "> in a text");
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        default -> {}
      }
    }
  }

  @Override
  public void skip() throws IOException {
    if (attribute != null) {
      return;
    }
    for (int open = 1; open > 0; ) {
      int event = next();
      open +=
          event == XMLStreamConstants.START_ELEMENT
              ? 1
              : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
    }
  }

  private int next() throws IOException {
    int event = XmlDocument.next(xml);
    depth +=
        event == XMLStreamConstants.START_ELEMENT
            ? 1
            : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
    if (depth > MOST_DEPTH) {
      throw Malformed.answer("elements stand within each other deeper than " + MOST_DEPTH, null);
    }
    return event;
  }

  /** Goes into the child of that name; false when there is none before the end. */
  boolean enter(String wanted) throws IOException {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        return false;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (xml.getLocalName().equals(wanted)) {
          return true;
        }
        skip();
      }
    }
  }
}
