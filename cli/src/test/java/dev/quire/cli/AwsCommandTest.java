package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsCommandTest {
  @TempDir Path folder;

  @Test
  void a_catalogue_is_made_from_the_models_on_the_disk() throws IOException {
    Path models = Files.createDirectories(folder.resolve("botocore/data/parts/2026-01-01"));
    Files.writeString(
        models.resolve("service-2.json"),
        """
        {"metadata": {"apiVersion": "2026-01-01", "endpointPrefix": "parts", "protocol": "json",
           "serviceFullName": "AWS Parts", "signatureVersion": "v4"},
         "operations": {"ListParts": {"http": {"method": "POST", "requestUri": "/"},
           "input": {"shape": "In"}, "output": {"shape": "Out"}}},
         "shapes": {
           "In": {"type": "structure", "members": {"NextToken": {"shape": "Text"}}},
           "Out": {"type": "structure", "members": {
             "NextToken": {"shape": "Text"}, "Parts": {"shape": "Texts"}}},
           "Texts": {"type": "list", "member": {"shape": "Text"}},
           "Text": {"type": "string"}}}
        """);
    CommandTrial trial = new CommandTrial(folder);
    assertThat(trial.run("aws", "update-catalogue", "--from", "botocore", "--to", "own.bin"))
        .isEqualTo(ExitCodes.COMPLETE);
    assertThat(trial.err()).contains("own.bin: 1 operations of 1 services, from botocore, in");
    assertThat(folder.resolve("own.bin")).isNotEmptyFile();
  }

  @Test
  void a_folder_without_models_is_named() {
    CommandTrial trial = new CommandTrial(folder);
    assertThat(trial.run("aws", "update-catalogue", "--from", ".")).isNotZero();
    assertThat(trial.err()).contains("no service models in");
    assertThat(folder.resolve("aws-catalogue.bin")).doesNotExist();
  }

  @Test
  void alone_it_says_what_it_can_do() {
    CommandTrial trial = new CommandTrial(folder);
    assertThat(trial.run("aws")).isEqualTo(ExitCodes.USAGE);
    assertThat(trial.err()).contains("update-catalogue");
  }
}
