package dev.quire.engine.budget;

import dev.quire.chain.BudgetState;
import dev.quire.chain.SharedBudget;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The calls and bytes of a day, which is one in UTC, for all processes. Thread-safe. */
public final class DayBudget implements SharedBudget {
  private final String owner;
  private final OptionalLong calls;
  private final OptionalLong bytes;
  private final DayFile file;
  private final TimeSource time;

  private DayBudget(
      String owner, OptionalLong calls, OptionalLong bytes, DayFile file, TimeSource time) {
    this.owner = owner;
    this.calls = calls;
    this.bytes = bytes;
    this.file = file;
    this.time = time;
  }

  /**
   * A budget whose state is in a folder.
   *
   * @param owner whose it is, in words: {@code crm}, {@code all sources}
   * @param identity what tells it from others of that name in the same folder
   */
  public static DayBudget in(
      Path folder, String owner, String identity, Most most, TimeSource time) {
    String name = owner.replaceAll("[^\\p{Alnum}_]", "-");
    String hash =
        UUID.nameUUIDFromBytes((owner + "\n" + identity).getBytes(StandardCharsets.UTF_8))
            .toString()
            .substring(0, 8);
    Path file = folder.resolve("budgets").resolve(name + "-" + hash + ".day");
    return new DayBudget(owner, most.calls(), most.bytes(), new DayFile(file, time), time);
  }

  /** The most of a day; one of them at least. */
  public record Most(OptionalLong calls, OptionalLong bytes) {
    public boolean isNone() {
      return calls.isEmpty() && bytes.isEmpty();
    }
  }

  @Override
  public Optional<Shortage> take() {
    Shortage[] shortage = new Shortage[1];
    file.update(
        spent -> {
          Optional<String> what = whatIsUsedUp(spent);
          if (what.isPresent()) {
            shortage[0] = new Shortage(what.get(), untilTomorrow());
            return spent;
          }
          return spent.plus(1, 0);
        });
    return Optional.ofNullable(shortage[0]);
  }

  private Optional<String> whatIsUsedUp(DaySpending spent) {
    if (calls.isPresent() && spent.calls() >= calls.getAsLong()) {
      return Optional.of(usedUp(calls.getAsLong(), "call"));
    }
    return bytes.isPresent() && spent.bytes() >= bytes.getAsLong()
        ? Optional.of(usedUp(bytes.getAsLong(), "byte"))
        : Optional.empty();
  }

  private String usedUp(long most, String unit) {
    return String.format(
        Locale.ROOT,
        most == 1
            ? "the day's one %2$s for %3$s is used up"
            : "the day's %1$,d %2$ss for %3$s are used up",
        most,
        unit,
        owner);
  }

  private Duration untilTomorrow() {
    return Duration.between(
        time.now(),
        time.now()
            .atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant());
  }

  @Override
  public void giveBack() {
    file.update(spent -> spent.plus(-1, 0));
  }

  @Override
  public void spend(long more) {
    if (bytes.isPresent()) {
      file.update(spent -> spent.plus(0, more));
    }
  }

  @Override
  public List<BudgetState> states() {
    DaySpending spent;
    try {
      spent = file.read();
    } catch (SourceException e) {
      return List.of(); // whoever asks for a call is told why
    }
    List<BudgetState> states = new ArrayList<>();
    calls.ifPresent(
        most -> states.add(new BudgetState(owner, "calls per day", most, spent.calls())));
    bytes.ifPresent(
        most -> states.add(new BudgetState(owner, "bytes per day", most, spent.bytes())));
    return states;
  }
}
