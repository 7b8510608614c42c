package dev.quire.engine.exec.generated;

import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * What generated code asks for.
 *
 * @param inputs the rows of a fragment's leaves
 * @param record the arguments of a single call
 */
record InputContext(List<Enumerable<@Nullable Object>> inputs, @Nullable Object[] record)
    implements DataContext {
  static final String INPUT = "input";

  @Override
  public @Nullable SchemaPlus getRootSchema() {
    return null;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return new JavaTypeFactoryImpl();
  }

  @Override
  public QueryProvider getQueryProvider() {
    throw new UnsupportedOperationException("no queries are made here");
  }

  @Override
  public @Nullable Object get(String name) {
    if (name.equals("inputRecord")) {
      return record;
    }
    if (name.startsWith(INPUT)) {
      return inputs.get(Integer.parseInt(name.substring(INPUT.length())));
    }
    return name.equals(Variable.TIME_ZONE.camelName) ? TimeZone.getTimeZone("UTC") : null;
  }
}
