package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others meet while one statement works. */
@Timeout(30)
class StatementLockTest {
  private final StatementLock lock = new StatementLock(TimeSource.system());
  private final CountDownLatch working = new CountDownLatch(1);
  private final CountDownLatch finish = new CountDownLatch(1);
  private CompletableFuture<String> first;

  @BeforeEach
  void somebody_works() throws InterruptedException {
    first = CompletableFuture.supplyAsync(() -> lock.hold(new FakeCall(), "working", this::work));
    working.await();
  }

  @AfterEach
  void the_work_was_done_nonetheless() {
    finish.countDown();
    assertThat(first.join()).isEqualTo("first");
    assertThat(lock.hold(new FakeCall(), "working", () -> "next")).isEqualTo("next");
  }

  private String work() {
    working.countDown();
    try {
      finish.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "first";
  }

  @Test
  void a_statement_that_waits_can_be_cancelled() {
    FakeCall call = new FakeCall();
    CompletableFuture<SourceException> second =
        CompletableFuture.supplyAsync(() -> fault(() -> lock.hold(call, "working", () -> "no")));
    call.cancel();
    assertThat(second.join().kind()).isEqualTo(ErrorKind.CANCELLED);
  }

  @Test
  void a_statement_waits_no_longer_than_it_has_time() {
    FakeCall call = new FakeCall(Optional.of(Instant.now().plusMillis(20)));
    SourceException fault = fault(() -> lock.hold(call, "working", () -> "no"));
    assertThat(fault.kind()).isEqualTo(ErrorKind.DEADLINE_EXCEEDED);
    assertThat(fault).hasMessageContaining("another statement is still working");
  }
}
