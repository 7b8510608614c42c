package dev.quire.sample;

import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows belong to which, by arithmetic both ways. Immutable.
 *
 * <p>Contact <i>c</i> works for account <i>c mod accounts</i>, save each 17th, who works for none.
 * Opportunities go round the first 700 accounts of an even spread. Nine of ten accounts name their
 * first contact as the primary one.
 */
record Relations(RowKeys accounts, RowKeys contacts, RowKeys opportunities) {
  private static final long[] NONE = {};
  private static final UUID[] CURRENCIES = {
    UUID.fromString("3c1f0a52-77a1-4e0c-9d8e-5a1b6f0c0001"),
    UUID.fromString("3c1f0a52-77a1-4e0c-9d8e-5a1b6f0c0002")
  };

  static UUID currency(long row) {
    return CURRENCIES[(int) (row % CURRENCIES.length)];
  }

  long[] employerOf(long contact) {
    return hasEmployer(contact) ? new long[] {contact % accounts.count()} : NONE;
  }

  long[] contactsOf(long account) {
    return LongStream.iterate(account, c -> c < contacts.count(), c -> c + accounts.count())
        .filter(Relations::hasEmployer)
        .toArray();
  }

  long[] primaryContactOf(long account) {
    boolean named = account < contacts.count() && hasEmployer(account) && account % 10 != 7;
    return named ? new long[] {account} : NONE;
  }

  long[] accountsWithPrimary(long contact) {
    return contact < accounts.count() ? primaryContactOf(contact) : NONE;
  }

  long[] customerOf(long opportunity) {
    return new long[] {opportunity % customers() * stride()};
  }

  long[] opportunitiesOf(long account) {
    if (account % stride() != 0 || account / stride() >= customers()) {
      return NONE;
    }
    return LongStream.iterate(
            account / stride(), o -> o < opportunities.count(), o -> o + customers())
        .toArray();
  }

  /** The key of the only row of {@code rows}, or null. */
  static @Nullable UUID keyOf(RowKeys keys, long[] rows) {
    return rows.length == 0 ? null : keys.key(rows[0]);
  }

  private long customers() {
    return Math.min(700, accounts.count());
  }

  private long stride() {
    return accounts.count() / customers();
  }

  private static boolean hasEmployer(long contact) {
    return contact % 17 != 16;
  }
}
