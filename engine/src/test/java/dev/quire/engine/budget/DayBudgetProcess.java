package dev.quire.engine.budget;

import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A process that, once it is told to, takes calls of the day until there are none, and writes a dot
 * for each.
 */
final class DayBudgetProcess {
  private DayBudgetProcess() {}

  public static void main(String[] args) throws IOException {
    System.out.print('r');
    System.out.flush();
    System.in.read();
    DayBudget.Most most =
        new DayBudget.Most(OptionalLong.of(Long.parseLong(args[1])), OptionalLong.empty());
    takeAll(
        DayBudget.in(Path.of(args[0]), "crm", "one", most, TimeSource.system()),
        () -> {
          System.out.print('.');
          System.out.flush();
        });
  }

  static int takeAll(DayBudget budget, Runnable told) {
    int taken = 0;
    while (budget.take().isEmpty()) {
      taken++;
      told.run();
    }
    return taken;
  }
}
