package dev.quire.odata.metadata;

/**
 * Writes a metadata document of the shape and size of Microsoft Graph's: a deep tree of entity
 * types in one namespace, open types, complex types that others derive from, evolvable
 * enumerations, navigation properties that contain their targets, singletons, bound functions, and
 * annotations by the thousand.
 */
public final class GraphModel {
  public static final int ENTITY_TYPES = 1_500;
  public static final int COMPLEX_TYPES = 700;
  public static final int ENUM_TYPES = 300;
  public static final int SETS = 60;
  public static final int SINGLETONS = 40;

  private final StringBuilder xml = new StringBuilder(4 << 20);

  private GraphModel() {}

  public static String document() {
    GraphModel model = new GraphModel();
    model.begin();
    for (int i = 0; i < ENUM_TYPES; i++) {
      model.enumeration(i);
    }
    for (int i = 0; i < COMPLEX_TYPES; i++) {
      model.complex(i);
    }
    model.root();
    for (int i = 0; i < ENTITY_TYPES - 2; i++) {
      model.entity(i);
    }
    model.functions();
    model.container();
    model.annotations();
    return model.xml.append("</Schema></edmx:DataServices></edmx:Edmx>").toString();
  }

  private void begin() {
    xml.append("<?xml version=\"1.0\" encoding=\"utf-8\"?><edmx:Edmx Version=\"4.0\"");
    xml.append(" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>");
    xml.append("<Schema Namespace=\"microsoft.graph\" Alias=\"graph\"");
    xml.append(" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">");
  }

  private void enumeration(int number) {
    xml.append("<EnumType Name=\"kind").append(number).append("\">");
    for (int i = 0; i < 6; i++) {
      xml.append("<Member Name=\"member").append(i).append("\" Value=\"").append(i).append("\"/>");
    }
    xml.append("<Member Name=\"unknownFutureValue\" Value=\"6\"/></EnumType>");
  }

  /** Every fifth derives from the one before it; every tenth is open; some hold another one. */
  private void complex(int number) {
    xml.append("<ComplexType Name=\"part").append(number).append('"');
    if (number % 5 == 4) {
      xml.append(" BaseType=\"graph.part").append(number - 1).append('"');
    }
    xml.append(number % 10 == 7 ? " OpenType=\"true\">" : ">");
    for (int i = 0; i < 6; i++) {
      property("piece" + number + "x" + i, type(number + i, number));
    }
    xml.append("</ComplexType>");
  }

  private void root() {
    xml.append(
        "<EntityType Name=\"entity\" Abstract=\"true\"><Key><PropertyRef Name=\"id\"/></Key>");
    xml.append("<Property Name=\"id\" Type=\"Edm.String\" Nullable=\"false\"/></EntityType>");
    xml.append("<EntityType Name=\"directoryObject\" BaseType=\"graph.entity\" OpenType=\"true\">");
    property("deletedDateTime", "Edm.DateTimeOffset");
    xml.append("</EntityType>");
  }

  /** The first eight are wide, as user and group are; the tree is five levels deep. */
  private void entity(int number) {
    String base = number < 40 ? "directoryObject" : number < 200 ? "entity" : "thing" + number / 5;
    xml.append("<EntityType Name=\"thing").append(number).append("\" BaseType=\"graph.");
    xml.append(base).append(number < 40 ? "\" OpenType=\"true\">" : "\">");
    int width = number < 8 ? 100 : 9;
    for (int i = 0; i < width; i++) {
      property("thing" + number + "Property" + i, type(number * 7 + i, COMPLEX_TYPES));
    }
    for (int i = 0; i < (number < 8 ? 60 : 2); i++) {
      xml.append("<NavigationProperty Name=\"thing").append(number).append("Link").append(i);
      xml.append("\" Type=\"Collection(graph.thing").append((number * 31 + i) % 1_400);
      xml.append(")\" ContainsTarget=\"true\"/>");
    }
    xml.append("</EntityType>");
  }

  private void property(String name, String type) {
    xml.append("<Property Name=\"").append(name).append("\" Type=\"").append(type);
    xml.append(type.startsWith("Collection") ? "\" Nullable=\"false\"/>" : "\"/>");
  }

  /** A type of a property; complex ones have a number below {@code parts}. */
  private static String type(int seed, int parts) {
    return switch (seed % 11) {
      case 0, 1, 2, 3 -> "Edm.String";
      case 4 -> "Edm.Boolean";
      case 5 -> "Edm.DateTimeOffset";
      case 6 -> "graph.kind" + seed % ENUM_TYPES;
      case 7 -> "Edm.Int32";
      case 8 -> "Collection(Edm.String)";
      case 9 -> parts == 0 ? "Edm.Int64" : "graph.part" + seed % parts;
      default -> parts == 0 ? "Edm.Double" : "Collection(graph.part" + seed % parts + ")";
    };
  }

  private void functions() {
    for (int i = 0; i < 1_000; i++) {
      xml.append("<Function Name=\"do").append(i).append("\" IsBound=\"true\"><Parameter");
      xml.append(" Name=\"bindingParameter\" Type=\"graph.thing").append(i).append("\"/>");
      xml.append("<ReturnType Type=\"Edm.String\"/></Function>");
    }
  }

  private void container() {
    xml.append("<EntityContainer Name=\"GraphService\">");
    for (int i = 0; i < SETS; i++) {
      xml.append("<EntitySet Name=\"things").append(i).append("\" EntityType=\"graph.thing");
      xml.append(i < 30 ? i : i * 20).append("\">");
      for (int link = 0; link < 20; link++) {
        xml.append("<NavigationPropertyBinding Path=\"thing").append(i).append("Link").append(link);
        xml.append("\" Target=\"things").append((i + link) % SETS).append("\"/>");
      }
      xml.append("</EntitySet>");
    }
    for (int i = 0; i < SINGLETONS; i++) {
      xml.append("<Singleton Name=\"single").append(i).append("\" Type=\"graph.thing");
      xml.append(i == 0 ? 0 : 100 + i).append("\"/>");
    }
    xml.append("</EntityContainer>");
  }

  private void annotations() {
    for (int i = 0; i < ENTITY_TYPES - 2; i++) {
      for (int property = 0; property < 4; property++) {
        xml.append("<Annotations Target=\"microsoft.graph.thing").append(i).append("/thing");
        xml.append(i).append("Property").append(property).append("\"><Annotation");
        xml.append(" Term=\"Org.OData.Core.V1.Description\" String=\"What the property number ");
        xml.append(property).append(" of the type number ").append(i);
        xml.append(" holds. Supports $filter (eq, ne). Read-only.\"/></Annotations>");
      }
    }
  }
}
