package dev.quire.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables and how their rows belong together. Immutable. */
final class SampleData {
  private final List<SampleTable> tables;

  SampleData(SampleOptions options) {
    Relations relations =
        new Relations(
            new RowKeys(options.accounts(), 101),
            new RowKeys(options.contacts(), 102),
            new RowKeys(options.opportunities(), 103));
    List<SampleTable> all = new ArrayList<>();
    all.add(Accounts.over(relations));
    all.add(Contacts.over(relations));
    all.add(Opportunities.over(relations));
    if (options.edgeCases() > 0) {
      all.add(EdgeCases.of(new RowKeys(options.edgeCases(), 104)));
    }
    Map<String, SampleTable> sets = new LinkedHashMap<>();
    all.forEach(table -> sets.put(table.setName(), table.among(sets)));
    tables = List.copyOf(sets.values());
  }

  List<SampleTable> tables() {
    return tables;
  }

  Optional<SampleTable> findSet(String setName) {
    return tables.stream().filter(table -> table.setName().equals(setName)).findFirst();
  }

  SampleTable requireSet(String setName) {
    return findSet(setName).orElseThrow(() -> ODataFault.noSegment(setName));
  }

  Optional<SampleTable> findEntity(String entityName) {
    return tables.stream().filter(table -> table.entityName().equals(entityName)).findFirst();
  }
}
