package dev.quire.engine.plan;

import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.Source;
import dev.quire.spi.TableName;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** A catalog as Calcite reads it: sources are schemas. For one statement, one thread at a time. */
final class CatalogSchemas {
  private final Catalog catalog;

  CatalogSchemas(Catalog catalog) {
    this.catalog = catalog;
  }

  /** What the validator and the converter read. */
  CalciteCatalogReader reader(RelDataTypeFactory factory) {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    CalciteSchema root = CalciteSchema.createRootSchema(false, false, "", new RootSchema());
    return new CalciteCatalogReader(
        root, catalog.defaultSchema(), factory, new CalciteConnectionConfigImpl(properties));
  }

  /** Looks a thing up by its name in any case; lists nothing. */
  private abstract static class LazyLookup<T> implements Lookup<T> {
    @Override
    public @Nullable Named<T> getIgnoreCase(String name) {
      T entry = get(name);
      return entry == null ? null : new Named<>(name, entry);
    }

    @Override
    public Set<String> getNames(LikePattern pattern) {
      return Set.of();
    }
  }

  private final class RootSchema extends AbstractSchema {
    @Override
    public Lookup<? extends Schema> subSchemas() {
      return new LazyLookup<Schema>() {
        @Override
        public @Nullable Schema get(String name) {
          return catalog
              .sources()
              .find(name)
              .map(source -> new SourceSchema(source, ""))
              .orElseGet(() -> namespace(name));
        }

        /** A namespace as tools quote it that know one level of schemas: {@code "aws.glue"}. */
        private @Nullable SourceSchema namespace(String name) {
          int dot = name.indexOf('.');
          return dot < 0
              ? null
              : catalog
                  .sources()
                  .find(name.substring(0, dot))
                  .map(source -> new SourceSchema(source, "").below(name.substring(dot + 1)))
                  .orElse(null);
        }
      };
    }
  }

  private final class SourceSchema extends AbstractSchema {
    private final Source source;
    private final String namespace;

    SourceSchema(Source source, String namespace) {
      this.source = source;
      this.namespace = namespace;
    }

    @Nullable SourceSchema below(String name) {
      return namespace.isEmpty()
          ? Catalog.namespace(source, name).map(each -> new SourceSchema(source, each)).orElse(null)
          : null;
    }

    @Override
    public Lookup<org.apache.calcite.schema.Table> tables() {
      return new LazyLookup<>() {
        @Override
        public org.apache.calcite.schema.@Nullable Table get(String name) {
          ScanTarget table = catalog.find(source, new TableName(namespace, name));
          int dot = namespace.isEmpty() ? name.indexOf('.') : -1;
          if (table == null && dot >= 0) {
            String below = name.substring(dot + 1);
            table = catalog.find(source, new TableName(name.substring(0, dot), below));
          }
          return table == null ? null : new SourceTable(table);
        }
      };
    }

    @Override
    public Lookup<? extends Schema> subSchemas() {
      return new LazyLookup<Schema>() {
        @Override
        public @Nullable Schema get(String name) {
          return below(name);
        }
      };
    }
  }
}
