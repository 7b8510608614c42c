package dev.quire.engine.exec;

import org.jspecify.annotations.Nullable;

/** Leaves out the first rows, and closes its input the moment the last wanted one is there. */
final class LimitCursor implements RowCursor {
  private static final long NEVER = -1;

  private final RowCursor input;
  private final Positions.Place<Long> place;
  private final long offset;
  private final long last;
  private long taken;
  private long takenIn = NEVER;
  private boolean begun;
  private boolean ended;

  /**
   * @param last the number of the last row of the input that is wanted, counted from 1
   * @param place how many rows were taken before, and where to tell it
   */
  LimitCursor(RowCursor input, long offset, long last, Positions.Place<Long> place) {
    this.input = input;
    this.place = place;
    this.offset = offset;
    this.last = last;
    this.taken = place.start();
    place.toldBy(() -> takenIn == place.pull() ? taken - 1 : taken);
    if (offset == last) {
      end();
    }
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (!begun && !ended) {
      begun = true;
      taken += input.leaveOut(Math.max(0, offset - taken));
    }
    while (!ended && taken < last) {
      @Nullable Object[] row = input.next();
      if (row == null) {
        break;
      }
      taken++;
      takenIn = place.pull();
      if (taken > offset) {
        if (taken == last) {
          end();
        }
        return row;
      }
    }
    end();
    return null;
  }

  private void end() {
    ended = true;
    input.close();
  }

  @Override
  public void close() {
    end();
  }
}
