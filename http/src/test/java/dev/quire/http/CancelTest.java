package dev.quire.http;

import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CancelTest {
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();
  private final CountDownLatch reached = new CountDownLatch(1);

  /** Sends the start of an answer and then nothing. */
  private StubServer.Reply hanging(String start) {
    return (request, out) -> {
      out.write(start.replace("\n", "\r\n").getBytes());
      out.flush();
      reached.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    };
  }

  private FutureTask<String> inBackground(HttpDoor door, String url) {
    FutureTask<String> task = new FutureTask<>(() -> fetch(door, call, url));
    Thread thread = new Thread(task, "fetcher");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static SourceException faultOf(FutureTask<String> task)
      throws InterruptedException, TimeoutException {
    try {
      throw new AssertionError("it succeeded: " + task.get(20, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return (SourceException) e.getCause();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\nContent-Length: 100\n\nabc",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n",
        "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n",
        "HTTP/1.1 401 Unauthorized\nContent-Length: 100\n\nabc",
        "HTTP/1.1 503 Service Unavailable\nContent-Length: 100\n\nabc"
      })
  void a_cancel_from_another_thread_ends_a_read_at_once(String start) throws Exception {
    try (StubServer server = StubServer.answering(hanging(start));
        HttpDoor door = Doors.open(time, server.url())) {
      FutureTask<String> task = inBackground(door, server.url());
      reached.await();
      call.cancel();
      assertThat(faultOf(task).kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(call.reports).hasSize(1);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void closing_the_door_ends_what_is_under_way() throws Exception {
    try (StubServer server = StubServer.answering(hanging(""));
        HttpDoor door = Doors.open(time, server.url())) {
      FutureTask<String> task = inBackground(door, server.url());
      reached.await();
      door.close();
      SourceException fault = faultOf(task);
      assertThat(fault.kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(fault).hasMessageContaining("source 'crm' was closed");
      assertThat(Doors.kind(door, call, server.url())).isEqualTo(ErrorKind.CANCELLED);
    }
  }

  @Test
  void an_interrupt_ends_a_read_and_stays_set() throws Exception {
    try (StubServer server = StubServer.answering(hanging(""));
        HttpDoor door = Doors.open(time, server.url())) {
      boolean[] flag = new boolean[1];
      FutureTask<String> task =
          new FutureTask<>(
              () -> {
                try {
                  return fetch(door, call, server.url());
                } finally {
                  flag[0] = Thread.currentThread().isInterrupted();
                }
              });
      Thread thread = new Thread(task, "fetcher");
      thread.start();
      reached.await();
      thread.interrupt();
      assertThat(faultOf(task).kind()).isEqualTo(ErrorKind.CANCELLED);
      thread.join();
      assertThat(flag[0]).isTrue();
    }
  }

  /** Waits for real until it is interrupted. */
  private final class Sleepless implements TimeSource {
    @Override
    public Instant now() {
      return FakeTime.START;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      reached.countDown();
      new CountDownLatch(1).await();
    }
  }

  @Test
  void a_cancel_ends_the_wait_between_attempts() throws Exception {
    try (StubServer server = StubServer.answering(reply(429, "Retry-After: 60", ""));
        HttpDoor door = Doors.open(new Sleepless(), server.url())) {
      boolean[] flag = new boolean[1];
      FutureTask<String> task =
          new FutureTask<>(
              () -> {
                try {
                  return fetch(door, call, server.url());
                } finally {
                  flag[0] = Thread.currentThread().isInterrupted();
                }
              });
      Thread thread = new Thread(task, "fetcher");
      thread.start();
      reached.await();
      call.cancel();
      assertThat(faultOf(task).kind()).isEqualTo(ErrorKind.CANCELLED);
      thread.join();
      assertThat(flag[0]).as("the wake-up leaves no trace").isFalse();
    }
  }

  @Test
  void a_cancel_ends_the_wait_for_a_place() throws Exception {
    try (StubServer server = StubServer.answering(hanging(""), ok("x"));
        HttpDoor door = Doors.open(time, server.url(), "http.concurrency", "1")) {
      FakeCall other = new FakeCall();
      FutureTask<String> holder =
          new FutureTask<>(() -> fetch(door, other, server.url() + "/holder"));
      new Thread(holder, "holder").start();
      reached.await();
      FutureTask<String> task = inBackground(door, server.url() + "/waiter");
      call.cancel();
      assertThat(faultOf(task).kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(server.requests()).hasSize(1);
      other.cancel();
      assertThat(faultOf(holder).kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(fetch(door, new FakeCall(), server.url())).isEqualTo("x");
    }
  }

  @Test
  void nothing_is_sent_for_a_cancelled_statement() {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door = Doors.open(time, server.url())) {
      call.cancel();
      assertThat(Doors.kind(door, call, server.url())).isEqualTo(ErrorKind.CANCELLED);
      assertThat(server.connections()).isZero();
      assertThat(Thread.interrupted()).isFalse();
    }
  }
}
