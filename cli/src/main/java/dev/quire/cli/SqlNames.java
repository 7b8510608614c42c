package dev.quire.cli;

import dev.quire.spi.TableName;
import java.util.regex.Pattern;

/** Names as a statement can use them. */
final class SqlNames {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private SqlNames() {}

  /** {@code crm.accounts}, with quotes where they are needed. */
  static String qualified(String source, TableName table) {
    String namespace = table.namespace().isEmpty() ? "" : quoted(table.namespace()) + ".";
    return quoted(source) + "." + namespace + quoted(table.name());
  }

  /** The name, in quotes where it needs them. */
  static String quoted(String name) {
    return PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
