package dev.quire.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

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

  /** Number 0 stands before the first name of an object. */
  private static final int NONE = 0;

  private final byte[][] known;
  private final int[] wanted;

  /** The number of the name that came after the name of a number; 0 when that is not known. */
  private final int[] after;

  private final boolean[] linked;
  private final int[] slots;
  private int count = 1;
  private int current;

  /**
   * @param wanted the names of members, each once; {@link JsonReader#next} tells their places in
   *     this list
   */
  public Names(List<String> wanted) {
    int most = wanted.size() + OTHERS;
    this.known = new byte[most][];
    this.wanted = new int[most];
    this.after = new int[most];
    this.linked = new boolean[most];
    this.slots = new int[Integer.highestOneBit(most) * 4];
    for (int i = 0; i < wanted.size(); i++) {
      byte[] name = ('"' + wanted.get(i) + '"').getBytes(StandardCharsets.UTF_8);
      add(name, hash(name, 1, name.length - 1), i);
    }
  }

  private int add(byte[] name, int hash, int place) {
    int slot = hash & slots.length - 1;
    while (slots[slot] != NONE) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = count;
    known[count] = name;
    wanted[count] = place;
    return count++;
  }

  private static int hash(byte[] b, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + b[i];
    }
    return hash ^ hash >>> 15;
  }

  /** An object begins. */
  void begin() {
    current = NONE;
  }

  /**
   * Whether the name that begins with the quote at {@code i} is one of those that usually come
   * next; then it is the current one.
   */
  boolean guess(byte[] b, int i) {
    int next = current;
    for (int k = 0; k < GUESSES; k++) {
      next = after[next];
      if (next == NONE) {
        return false;
      }
      if (is(known[next], b, i)) {
        current = next;
        return true;
      }
    }
    return false;
  }

  private static boolean is(byte[] name, byte[] b, int at) {
    int length = name.length;
    int i = at + 1;
    int k = 1;
    while (k < length && name[k] == b[i]) {
      k++;
      i++;
    }
    return k == length;
  }

  /** The length of the current name with its quotes. */
  int length() {
    return known[current].length;
  }

  /** The place of the current name among the wanted ones, or -1. */
  int place() {
    return wanted[current];
  }

  /**
   * Looks a name up that was not guessed, and learns it.
   *
   * @param from the place of the quote before it
   * @param to the place after the one behind it
   * @return as {@link #place}
   */
  int find(byte[] b, int from, int to) {
    int hash = hash(b, from + 1, to - 1);
    int number = number(b, from, to, hash);
    if (number == NONE) {
      if (count == known.length) {
        return -1;
      }
      number = add(Arrays.copyOfRange(b, from, to), hash, -1);
    }
    if (!linked[number]) {
      linked[number] = true;
      after[number] = after[current];
      after[current] = number;
    }
    current = number;
    return wanted[number];
  }

  private int number(byte[] b, int from, int to, int hash) {
    int slot = hash & slots.length - 1;
    for (int number; (number = slots[slot]) != NONE; slot = slot + 1 & slots.length - 1) {
      if (Arrays.equals(known[number], 0, known[number].length, b, from, to)) {
        return number;
      }
    }
    return NONE;
  }
}
