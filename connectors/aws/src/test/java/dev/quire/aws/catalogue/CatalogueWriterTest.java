package dev.quire.aws.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.OperationModel.Auth;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.ServiceModel.Host;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.aws.model.Shape.Structure;
import dev.quire.aws.model.TimestampFormat;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From botocore's files to a catalogue and back, with a small service of our own. */
class CatalogueWriterTest {
  private static final String MODEL =
      """
      {"metadata": {"apiVersion": "2026-01-01", "endpointPrefix": "parts", "protocol": "rest-json",
         "protocols": ["smithy-rpc-v2-cbor", "rest-json"], "serviceFullName": "AWS Parts",
         "signatureVersion": "v4", "signingName": "partsigner"},
       "operations": {
         "ListPieces": {"name": "ListPieces", "http": {"method": "GET", "requestUri": "/p/{box}"},
           "input": {"shape": "In"}, "output": {"shape": "Out"},
           "documentation": "<p>Lists <i>pieces</i>. More.</p>"},
         "ListOthers": {"name": "ListOthers", "http": {"method": "GET", "requestUri": "/o"},
           "authtype": "none", "input": {"shape": "In"}, "output": {"shape": "Out"}},
         "DeletePieces": {"name": "DeletePieces", "http": {"method": "POST", "requestUri": "/d"},
           "input": {"shape": "In"}, "output": {"shape": "Out"}}},
       "shapes": {
         "In": {"type": "structure", "required": ["Box"], "members": {
           "Box": {"shape": "Text", "location": "uri", "locationName": "box",
             "documentation": "<p>The box.</p>"},
           "Token": {"shape": "Text", "location": "querystring", "locationName": "t"},
           "NextToken": {"shape": "Text"},
           "Size": {"shape": "Size"}}},
         "Out": {"type": "structure", "members": {
           "NextToken": {"shape": "Text"}, "Pieces": {"shape": "Pieces"}}},
         "Pieces": {"type": "list", "member": {"shape": "Piece", "locationName": "p"},
           "flattened": true},
         "Piece": {"type": "structure", "members": {
           "Name": {"shape": "Text", "documentation": "Its name."},
           "At": {"shape": "Time"},
           "Parts": {"shape": "Pieces"}}},
         "Time": {"type": "timestamp", "timestampFormat": "rfc822"},
         "Size": {"type": "integer", "min": -5, "max": 70},
         "Text": {"type": "string"}}}
      """;

  @TempDir Path folder;

  @BeforeEach
  void write_the_models() throws IOException {
    Path package_ = Files.createDirectories(folder.resolve("botocore"));
    Files.writeString(package_.resolve("__init__.py"), "import os\n__version__ = '9.8.7'\n");
    Path older = Files.createDirectories(package_.resolve("data/parts/2020-01-01"));
    Files.writeString(older.resolve("service-2.json"), "{}");
    Path newest = Files.createDirectories(package_.resolve("data/parts/2026-01-01"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(newest.resolve("service-2.json.gz")))) {
      out.write(MODEL.getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(
        newest.resolve("paginators-1.json"),
        """
        {"pagination": {"ListPieces": {"input_token": "Token", "output_token": "NextToken",
          "result_key": "Pieces"}}}
        """);
    Files.writeString(
        newest.resolve("paginators-1.sdk-extras.json"),
        """
        {"version": 1.0, "merge": {"pagination": {"ListPieces": {"limit_key": "Size",
          "non_aggregate_keys": ["NextToken"]}}}}
        """);
    Files.writeString(
        newest.resolve("endpoint-rule-set-1.json"),
        """
        {"version": "1.0",
         "parameters": {"UseFIPS": {"type": "boolean", "default": false}},
         "rules": [
           {"conditions": [{"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, true]}],
            "error": "none", "type": "error"},
           {"conditions": [{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "P"},
              {"fn": "stringEquals", "argv": [{"fn": "getAttr", "argv": [{"ref": "P"}, "name"]},
                "aws"]}],
            "type": "tree", "rules": [
              {"conditions": [], "type": "endpoint", "endpoint": {
                "url": "https://parts.amazonaws.com",
                "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "us-east-1"}]}}}]},
           {"conditions": [{"fn": "isSet", "argv": [{"ref": "Region"}]},
              {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "P"}],
            "type": "endpoint", "endpoint": {"url": "https://parts.{Region}.{P#dnsSuffix}"}}]}
        """);
  }

  private ServiceModel parts() {
    Catalogue made = Catalogue.of(CatalogueWriter.write(folder.resolve("botocore")), "made");
    assertThat(made.origin()).isEqualTo("botocore 9.8.7");
    assertThat(made.services()).containsExactly("parts");
    return made.findService("parts").orElseThrow();
  }

  @Test
  void the_newest_version_is_taken_whether_compressed_or_not() {
    assertThat(parts().apiVersion()).isEqualTo("2026-01-01");
    assertThat(parts().title()).isEqualTo("AWS Parts");
  }

  @Test
  void json_is_preferred_to_cbor() {
    assertThat(parts().protocol()).isEqualTo(Protocol.REST_JSON);
  }

  @Test
  void declared_and_inferred_operations_are_in_and_others_are_not() {
    assertThat(parts().operations()).containsOnlyKeys("list_pieces", "list_others");
  }

  @Test
  void extras_are_merged_into_paginators() {
    OperationModel pieces = parts().findOperation("list_pieces").orElseThrow();
    assertThat(pieces.paginator().tokens().get(0).input()).isEqualTo("Token");
    assertThat(pieces.paginator().limit().orElseThrow().min()).hasValue(-5);
    assertThat(pieces.paginator().limit().orElseThrow().max()).hasValue(70);
    assertThat(pieces.paginator().nonAggregate()).hasSize(1);
  }

  @Test
  void members_keep_where_they_stand_and_what_is_said_of_them() {
    OperationModel pieces = parts().findOperation("list_pieces").orElseThrow();
    Member box = pieces.input().findMember("Box").orElseThrow();
    assertThat(box.required()).isTrue();
    assertThat(box.location()).isEqualTo(Location.URI);
    assertThat(box.wireName()).isEqualTo("box");
    assertThat(box.remarks()).contains("The box.");
    assertThat(pieces.remarks()).contains("Lists pieces.");
    assertThat(pieces.http().uri()).isEqualTo("/p/{box}");
  }

  @Test
  void shapes_that_hold_themselves_are_read_as_they_were() {
    OperationModel pieces = parts().findOperation("list_pieces").orElseThrow();
    ListShape list = (ListShape) pieces.output().findMember("Pieces").orElseThrow().shape();
    assertThat(list.flattened()).isTrue();
    assertThat(list.wireName()).contains("p");
    Structure piece = (Structure) list.element();
    Shape inner = piece.findMember("Parts").orElseThrow().shape();
    assertThat(inner).isSameAs(list);
    assertThat(piece.findMember("At").orElseThrow().shape())
        .isEqualTo(
            new Scalar(
                ScalarKind.TIMESTAMP,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(TimestampFormat.RFC822)));
  }

  @Test
  void endpoints_that_differ_from_the_usual_are_kept_by_partition() {
    assertThat(parts().endpoint().signingName()).isEqualTo("partsigner");
    assertThat(parts().endpoint().hosts())
        .containsOnlyKeys("aws")
        .containsEntry("aws", new Host("parts.amazonaws.com", Optional.of("us-east-1")));
  }

  @Test
  void an_operation_without_a_signature_is_known() {
    assertThat(parts().findOperation("list_others").orElseThrow().auth()).isEqualTo(Auth.NONE);
    assertThat(parts().findOperation("list_pieces").orElseThrow().auth()).isEqualTo(Auth.SIGNED);
  }

  @Test
  void the_same_models_give_the_same_bytes_from_either_folder() {
    byte[] once = CatalogueWriter.write(folder.resolve("botocore"));
    assertThat(CatalogueWriter.write(folder.resolve("botocore/data"))).isEqualTo(once);
  }

  @Test
  void a_folder_without_models_is_refused() {
    assertThatThrownBy(() -> CatalogueWriter.write(folder))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("no service models in")
        .hasMessageContaining("botocore/data");
  }
}
