package dev.quire.aws.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingularTest {

  @ParameterizedTest
  @CsvSource({
    "TableNames, TableName",
    "clusterArns, clusterArn",
    "families, family",
    "Aliases, Alias",
    "Databases, Database",
    "accessEntries, accessEntry",
    "MembersList, Member",
    "HapgList, Hapg",
    "indices, indice",
    "statuses, status",
    "status, status",
    "addresses, address",
    "ids, id",
    "Ids, Id",
    "LogFileData, LogFileData"
  })
  void an_element_has_the_name_of_one(String list, String element) {
    assertThat(Singular.of(list)).isEqualTo(element);
  }
}
