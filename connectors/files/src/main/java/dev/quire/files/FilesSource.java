package dev.quire.files;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckSettings;
import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files as tables. Which there are is looked up at each question, and a table's columns when it is
 * asked for. Thread-safe.
 */
final class FilesSource implements Source {
  /** As in {@code FROM files.read('runs.parquet')}. */
  static final String READ = "read";

  private final SourceConfig config;
  private final Optional<FileSets> sets;
  private final CsvOptions csv;
  private final LazyDatabase database;

  FilesSource(SourceConfig config) {
    this.config = config;
    this.csv = CsvOptions.of(config);
    Optional<String> table = config.find(FilesConnector.TABLE.name()).map(String::strip);
    this.sets =
        config
            .find(FilesConnector.PATH.name())
            .map(path -> config.resolve(FilesConnector.PATH.name(), path))
            .map(path -> new FileSets(path.toAbsolutePath().normalize(), table));
    DuckSettings settings = settings(config);
    this.database = new LazyDatabase(() -> DuckDatabase.inMemory(settings));
  }

  static DuckSettings settings(SourceConfig config) {
    Map<String, String> values = new HashMap<>();
    DuckSettings.PROPERTIES.forEach(
        property ->
            config.find(property.name()).ifPresent(value -> values.put(property.name(), value)));
    return DuckSettings.of(values, config.resolve(DuckSettings.SPILL_FOLDER.name(), ""));
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public List<TableName> tables(String namespace, CallContext context) {
    return all().stream().map(set -> TableName.of(set.name())).toList();
  }

  private List<FileSet> all() {
    try {
      return sets.map(FileSets::all).orElse(List.of());
    } catch (SourceException e) {
      throw e.withPlace(name());
    }
  }

  @Override
  public Optional<Table> findTable(TableName name, CallContext context) {
    List<FileSet> known = name.namespace().isEmpty() ? all() : List.of();
    List<FileSet> alike =
        known.stream().filter(set -> set.name().equalsIgnoreCase(name.name())).toList();
    return alike.stream()
        .filter(set -> set.name().equals(name.name()))
        .findFirst()
        .or(() -> alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty())
        .map(this::table);
  }

  private Table table(FileSet set) {
    Relation relation =
        new Relation(set.format().reader(set.files(), csv), set.shown(), set::stamp);
    try {
      return new RelationTable(database::get, relation, set.name(), Optional.empty(), Map.of());
    } catch (SourceException e) {
      throw e.withPlace(name() + "." + set.name());
    }
  }

  @Override
  public Optional<Table> tableFunction(
      String function, List<@Nullable Object> arguments, CallContext context) {
    if (!function.toLowerCase(Locale.ROOT).equals(READ)) {
      return Optional.empty();
    }
    if (arguments.size() != 1 || !(arguments.get(0) instanceof String path) || path.isBlank()) {
      throw new SourceException(
          ErrorKind.INVALID_STATEMENT,
          "read takes one text: the path of a file, or a pattern as 'runs-*.csv'");
    }
    Path place = config.resolve(READ, path).toAbsolutePath().normalize();
    return Optional.of(table(new FileSets(place, Optional.of(path)).all().get(0)));
  }

  @Override
  public void close() {
    database.close();
  }
}
