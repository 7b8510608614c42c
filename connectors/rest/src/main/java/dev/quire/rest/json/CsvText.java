package dev.quire.rest.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quire.rest.spec.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** CSV as one JSON object for each record. One thread at a time. */
final class CsvText extends TranslatedText {
  private final Format.Csv format;
  private final Set<String> wanted;
  private final CsvRecords records;
  private @Nullable List<String> names;

  /**
   * @param wanted names of the fields that must be there
   */
  CsvText(Reader body, Format.Csv format, Set<String> wanted) {
    this.format = format;
    this.wanted = wanted;
    this.records = new CsvRecords(new BufferedReader(body), format.delimiter());
  }

  @Override
  boolean translate(JsonGenerator to) throws IOException {
    List<@Nullable String> record = records.next();
    if (record == null) {
      return false;
    }
    if (!records.endsWithBreak() && !format.openEnd()) {
      throw records
          .fault("is the last and has no line break at its end: it may be cut")
          .withHint("Say 'open_end: true' in the table's format if the API always ends so.");
    }
    List<String> known = names;
    if (known == null) {
      known = named(record);
      names = known;
      if (format.header()) {
        return true;
      }
    }
    boolean isBlank = record.size() == 1 && record.get(0) == null;
    if (!isBlank || known.size() == 1) {
      write(known, record, to);
    }
    return true;
  }

  private List<String> named(List<@Nullable String> first) {
    List<String> found =
        format.header()
            ? first.stream().map(name -> name == null ? "" : name).toList()
            : IntStream.range(0, first.size()).mapToObj(Integer::toString).toList();
    Set<String> different = new HashSet<>();
    for (String name : found) {
      if (!different.add(name)) {
        throw records.fault("names the field '" + name + "' twice");
      }
    }
    for (String name : wanted) {
      if (!different.contains(name)) {
        throw records.fault(
            "has no field '"
                + name
                + "', but "
                + String.join(", ", found.subList(0, Math.min(20, found.size()))));
      }
    }
    return found;
  }

  private void write(List<String> known, List<@Nullable String> record, JsonGenerator to)
      throws IOException {
    if (record.size() != known.size()) {
      throw records.fault("has " + record.size() + " fields, and the first has " + known.size());
    }
    to.writeStartObject();
    for (int at = 0; at < known.size(); at++) {
      to.writeStringField(known.get(at), record.get(at));
    }
    to.writeEndObject();
  }
}
