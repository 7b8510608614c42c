package dev.quire.export.text;

import static dev.quire.export.text.EightBytes.EACH;

import java.util.UUID;

/** Hexadecimal digits, eight at once. */
final class Hex {
  /** The characters of a UUID. */
  static final int UUID = 36;

  private static final int LETTERS = 'a' - '0' - 10;

  private Hex() {}

  /** As {@link UUID#toString}: groups of 8, 4, 4, 4 and 12 digits. */
  static void put(UUID id, byte[] target, int at) {
    long most = id.getMostSignificantBits();
    long least = id.getLeastSignificantBits();
    long second = digits(most & 0xffffffffL);
    long third = digits(least >>> 32);
    EightBytes.put(target, at, digits(most >>> 32));
    EightBytes.put(target, at + 20, third);
    EightBytes.put(target, at + 8, '-' | low(second) << 8 | (long) '-' << 40 | second >>> 32 << 48);
    EightBytes.put(
        target, at + 16, second >>> 48 | '-' << 16 | low(third) << 24 | (long) '-' << 56);
    EightBytes.put(target, at + 28, digits(least & 0xffffffffL));
  }

  private static long low(long eight) {
    return eight & 0xffffffffL;
  }

  /** The eight digits of 32 bits, the first one in the lowest byte. */
  private static long digits(long bits) {
    long fours = bits >>> 16 | (bits & 0xffff) << 32;
    long twos = fours >>> 8 & 0x000000ff000000ffL | (fours & 0x000000ff000000ffL) << 16;
    long ones = twos >>> 4 & 0x000f000f000f000fL | (twos & 0x000f000f000f000fL) << 8;
    long letters = ones + 6 * EACH >>> 4 & EACH;
    return ones + '0' * EACH + letters * LETTERS;
  }
}
