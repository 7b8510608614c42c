package dev.quire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on the loopback interface that answers what the test tells it, records what it
 * was asked, and can fail in every way that a network can. A request is answered by the route of
 * its path ({@link #on(String, Function)}), else by the next scripted reply, else by the handler
 * for everything; a request that none of them expects gets a 599 and is remembered. Thread-safe.
 */
public final class FakeApi implements AutoCloseable {
  /** The status of an answer to a request that the test did not expect. */
  public static final int UNEXPECTED = 599;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServerSocket server;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<FakeConnection> connections = new ArrayList<>();
  private final List<ReceivedRequest> requests = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private final Map<String, Function<ReceivedRequest, Reply>> routes = new LinkedHashMap<>();
  private final Deque<Reply> script = new ArrayDeque<>();
  private @Nullable Function<ReceivedRequest, Reply> handler;
  private int stallsSoFar;
  private int abandoned;
  private int releases;
  private boolean closed;

  private FakeApi(ServerSocket server) {
    this.server = server;
  }

  /** A server on a port that the system chose. */
  public static FakeApi start() {
    try {
      FakeApi api = new FakeApi(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
      Thread acceptor = new Thread(api::accept, "fake-api-" + api.server.getLocalPort());
      acceptor.setDaemon(true);
      acceptor.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a fake API", e);
    }
  }

  /** {@code http://127.0.0.1:port}, without a slash at the end. */
  public String origin() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /**
   * The URL of a path.
   *
   * @param target begins with a slash; taken as it is
   */
  public String url(String target) {
    return origin() + target;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Answers every request to this raw path, whatever its query. */
  public FakeApi on(String path, Function<ReceivedRequest, Reply> route) {
    return locked(
        () -> {
          routes.put(path, route);
          return this;
        });
  }

  /** Answers whatever no route and no scripted reply answers. */
  public FakeApi on(Function<ReceivedRequest, Reply> everything) {
    return locked(
        () -> {
          handler = everything;
          return this;
        });
  }

  /** Adds replies, each for one request, in order. */
  public FakeApi script(Reply... replies) {
    return locked(
        () -> {
          script.addAll(List.of(replies));
          return this;
        });
  }

  /** Every request so far, in the order in which they arrived whole. */
  public List<ReceivedRequest> requests() {
    return locked(() -> List.copyOf(requests));
  }

  /** The requests to one raw path. */
  public List<ReceivedRequest> requests(String path) {
    return requests().stream().filter(request -> request.path().equals(path)).toList();
  }

  /** The targets of all requests, byte for byte. */
  public List<String> targets() {
    return requests().stream().map(ReceivedRequest::target).toList();
  }

  /** The last request; it is an error if there was none. */
  public ReceivedRequest lastRequest() {
    List<ReceivedRequest> all = requests();
    if (all.isEmpty()) {
      throw new AssertionError("no request came");
    }
    return all.get(all.size() - 1);
  }

  /** Forgets the requests so far. */
  public void clearRequests() {
    locked(
        () -> {
          requests.clear();
          return this;
        });
  }

  /** How many connections were opened to this server so far. */
  public int connectionCount() {
    return locked(connections::size);
  }

  /** How many connections have not been closed by either side, as far as the server knows. */
  public int openConnectionCount() {
    return locked(() -> (int) connections.stream().filter(FakeConnection::isOpen).count());
  }

  /** How many stalled requests were given up by their client. */
  public int abandonedCount() {
    return locked(() -> abandoned);
  }

  /** Fails if a request came that the test did not expect, or a handler threw. */
  public void verifyNoUnexpected() {
    List<String> found = locked(() -> List.copyOf(unexpected));
    if (!found.isEmpty()) {
      throw new AssertionError("unexpected requests: " + String.join("; ", found));
    }
  }

  /** Fails unless every scripted reply was sent. */
  public void verifyScriptIsUsedUp() {
    int left = locked(script::size);
    if (left > 0) {
      throw new AssertionError(left + " scripted replies were never asked for");
    }
  }

  /** Waits until so many requests have come since the start or the last clearing. */
  public void awaitRequests(int count) {
    await(
        () -> requests.size() >= count, () -> requests.size() + " of " + count + " requests came");
  }

  /** Waits until so many stalls have begun in all. */
  public void awaitStalled(int count) {
    await(() -> stallsSoFar >= count, () -> stallsSoFar + " of " + count + " requests stall");
  }

  /** Waits until so many stalled requests were given up by their client. */
  public void awaitAbandoned(int count) {
    await(() -> abandoned >= count, () -> abandoned + " of " + count + " requests were given up");
  }

  /** Lets every reply that stalls now go on to its end. */
  public void release() {
    locked(
        () -> {
          releases++;
          changed.signalAll();
          return this;
        });
  }

  private void await(BooleanSupplier condition, Supplier<String> state) {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError("gave up waiting: " + state.get());
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting: " + state.get(), e);
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        serve(server.accept());
      } catch (IOException e) {
        return; // closed by the test
      }
    }
  }

  private void serve(Socket socket) {
    FakeConnection connection = new FakeConnection(this, socket);
    boolean late =
        locked(
            () -> {
              connections.add(connection);
              return closed;
            });
    if (late) {
      connection.close();
      return;
    }
    Thread thread = new Thread(connection, "fake-api-" + port() + "-connection");
    thread.setDaemon(true);
    thread.start();
  }

  /** The answer to a request, which is written down first. */
  Reply answer(String method, String target, Map<String, List<String>> headers, byte[] body) {
    record Found(ReceivedRequest request, @Nullable Function<ReceivedRequest, Reply> answerer) {}
    Found found =
        locked(
            () -> {
              ReceivedRequest request =
                  new ReceivedRequest(requests.size() + 1, method, target, headers, body);
              requests.add(request);
              changed.signalAll();
              return new Found(request, answererOf(request));
            });
    if (found.answerer() == null) {
      return unexpected(found.request().toString());
    }
    try {
      return found.answerer().apply(found.request());
    } catch (RuntimeException | AssertionError e) {
      return unexpected(found.request() + " (the handler failed: " + e + ")");
    }
  }

  private @Nullable Function<ReceivedRequest, Reply> answererOf(ReceivedRequest request) {
    Function<ReceivedRequest, Reply> route = routes.get(request.path());
    if (route != null) {
      return route;
    }
    Reply next = script.poll();
    return next != null ? any -> next : handler;
  }

  private Reply unexpected(String what) {
    locked(() -> unexpected.add(what));
    return Reply.text("the test did not expect " + what).withStatus(UNEXPECTED);
  }

  /** Notes the start of a stall; answers what {@link #isReleased} wants to know. */
  int beginStall() {
    return locked(
        () -> {
          stallsSoFar++;
          changed.signalAll();
          return releases;
        });
  }

  boolean isReleased(int since) {
    return locked(() -> closed || releases > since);
  }

  void endStall(boolean givenUp) {
    locked(
        () -> {
          abandoned += givenUp && !closed ? 1 : 0;
          changed.signalAll();
          return this;
        });
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Closes the port and every connection. */
  @Override
  public void close() {
    List<FakeConnection> all =
        locked(
            () -> {
              closed = true;
              changed.signalAll();
              return List.copyOf(connections);
            });
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    all.forEach(FakeConnection::close);
  }

  @Override
  public String toString() {
    return "FakeApi[" + origin() + ", " + requests().size() + " requests]";
  }
}
