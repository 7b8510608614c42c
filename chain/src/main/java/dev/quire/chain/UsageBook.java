package dev.quire.chain;

import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.Quota;
import dev.quire.spi.RequestReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a statement has spent, by source and by table. Thread-safe. */
final class UsageBook {
  private final Tab all = new Tab();
  private final Map<String, Tab> sources = new LinkedHashMap<>();
  private final Map<String, Tab> tables = new LinkedHashMap<>();
  private final Map<String, List<Quota>> quotas = new HashMap<>();

  synchronized void add(RequestReport report) {
    all.add(report);
    tab(sources, report.source()).add(report);
    if (!report.quotas().isEmpty() && report.purpose() != Purpose.TOKEN) {
      quotas.put(report.source(), report.quotas());
    }
    report.table().ifPresent(table -> tab(tables, report.source() + "." + table).add(report));
  }

  synchronized void addRows(String place, long rows) {
    tab(sources, sourceOf(place)).addRows(rows);
    tab(tables, place).addRows(rows);
  }

  private static Tab tab(Map<String, Tab> tabs, String name) {
    return tabs.computeIfAbsent(name, absent -> new Tab());
  }

  /** The source of {@code crm.accounts}: no name of a source has a dot. */
  static String sourceOf(String place) {
    return place.split("\\.", 2)[0];
  }

  synchronized Costs costs() {
    return all.costs();
  }

  synchronized List<Usage.OfSource> sources() {
    List<Usage.OfSource> list = new ArrayList<>();
    sources.forEach(
        (name, tab) ->
            list.add(
                new Usage.OfSource(
                    name,
                    tab.costs(),
                    tab.rows(),
                    tablesOf(name),
                    quotas.getOrDefault(name, List.of()))));
    return list;
  }

  private List<Usage.OfTable> tablesOf(String source) {
    List<Usage.OfTable> list = new ArrayList<>();
    tables.forEach(
        (place, tab) -> {
          if (sourceOf(place).equals(source)) {
            list.add(new Usage.OfTable(place, tab.costs(), tab.rows()));
          }
        });
    return list;
  }
}
