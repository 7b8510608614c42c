package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.exec.eval.ValueKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of a join's build side by their key. One thread at a time. */
final class JoinTable {
  private static final int ENTRY_BYTES = 64;

  private final Evaluator[] keys;
  private final boolean keepsAll;
  private final Map<Object, List<Entry>> entries = new HashMap<>();
  private final List<Entry> all = new ArrayList<>();
  private boolean empty = true;

  /** A row, and whether a row of the other side has met it. */
  static final class Entry {
    final @Nullable Object[] row;
    boolean matched;

    Entry(@Nullable Object[] row) {
      this.row = row;
    }
  }

  /**
   * @param keepsAll whether {@link #unmatched} will be asked for
   */
  JoinTable(List<Evaluator> keys, boolean keepsAll) {
    this.keys = keys.toArray(new Evaluator[0]);
    this.keepsAll = keepsAll;
  }

  /** Adds a row; false if the rows do not fit. */
  boolean add(@Nullable Object[] row, MemoryGuard.Account account) {
    empty = false;
    Object key = key(keys, row);
    if (key == null && !keepsAll) {
      return true;
    }
    Entry entry = new Entry(row);
    if (key != null) {
      entries.computeIfAbsent(key, fresh -> new ArrayList<>(1)).add(entry);
    }
    if (keepsAll) {
      all.add(entry);
    }
    return account.fits(RowSize.of(row) + ENTRY_BYTES);
  }

  /** Gives up the rows. */
  void moveTo(Consumer<@Nullable Object[]> other) {
    if (keepsAll) {
      all.forEach(entry -> other.accept(entry.row));
    } else {
      entries.values().forEach(list -> list.forEach(entry -> other.accept(entry.row)));
    }
    all.clear();
    entries.clear();
  }

  boolean isEmpty() {
    return empty;
  }

  /** The rows whose keys equal those of a row of the other side. */
  List<Entry> matches(Evaluator[] otherKeys, @Nullable Object[] row) {
    Object key = key(otherKeys, row);
    return key == null ? List.of() : entries.getOrDefault(key, List.of());
  }

  /** Rows that no row of the other side has met. */
  Iterable<Entry> unmatched() {
    return () -> all.stream().filter(entry -> !entry.matched).iterator();
  }

  /** A key, or null if a part of it is NULL. */
  private static @Nullable Object key(Evaluator[] keys, @Nullable Object[] row) {
    if (keys.length == 1) {
      return ValueKey.normalize(keys[0].eval(row));
    }
    @Nullable Object[] parts = new @Nullable Object[keys.length];
    for (int i = 0; i < keys.length; i++) {
      parts[i] = ValueKey.normalize(keys[i].eval(row));
      if (parts[i] == null) {
        return null;
      }
    }
    return new ValueKey(parts);
  }
}
