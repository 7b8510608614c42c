package dev.quire.json;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wanted members of objects of one kind. It learns in which order they come, so that most names
 * are compared with one guess and looked up never. A wrong guess costs time, nothing else. For one
 * reader at a time; may be used for page after page.
 */
public final class Names {
  /** So many names that nobody wants are learned. */
  private static final int OTHERS = 200;

  /** So many guesses before a name is looked up: members may be left out. */
  private static final int GUESSES = 3;

  /** Stands before the first name of an object. */
  private final Name start = Name.of("", -1);

  private final @Nullable Name[] slots;
  private final int most;
  private int count;
  private Name current = start;

  /**
   * @param wanted the names of members, each once; {@link JsonReader#next} tells their places in
   *     this list
   */
  public Names(List<String> wanted) {
    this.most = wanted.size() + OTHERS;
    this.slots = new @Nullable Name[Integer.highestOneBit(most) * 4];
    for (int i = 0; i < wanted.size(); i++) {
      add(Name.of(wanted.get(i), i));
    }
  }

  private void add(Name name) {
    int slot = name.hash() & slots.length - 1;
    while (slots[slot] != null) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = name;
    count++;
  }

  /** An object begins. */
  void begin() {
    current = start;
  }

  /**
   * The name that begins with the quote at {@code i} if it is one of those that usually come next,
   * and a colon follows; then it is the current one.
   */
  @Nullable Name guess(byte[] b, int i) {
    Name next = current.after;
    for (int k = 0; k < GUESSES && next != null; k++) {
      if (next.isAt(b, i)) {
        current = next;
        return next;
      }
      next = next.after;
    }
    return null;
  }

  /**
   * Looks a name up that was not guessed, and learns it.
   *
   * @param from the place of the quote before it
   * @param to the place after the one behind it
   * @return its place among the wanted ones, or -1
   */
  int find(byte[] b, int from, int to) {
    Name name = known(b, from, to);
    if (name == null) {
      if (count == most) {
        return -1;
      }
      name = new Name(Arrays.copyOfRange(b, from, to), -1);
      add(name);
    }
    if (!name.linked) {
      name.linked = true;
      name.after = current.after;
      current.after = name;
    }
    current = name;
    return name.wanted;
  }

  private @Nullable Name known(byte[] b, int from, int to) {
    int slot = Name.hash(b, from + 1, to - 1) & slots.length - 1;
    for (Name name; (name = slots[slot]) != null; slot = slot + 1 & slots.length - 1) {
      if (name.is(b, from, to)) {
        return name;
      }
    }
    return null;
  }
}
