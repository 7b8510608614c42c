package dev.quire.jdbc;

import dev.quire.engine.Engine;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engines of the open connections, one for all connections of the same configuration, so that
 * metadata is read and tokens are fetched once. An engine whose last connection was closed is kept
 * for a while, because many programs open a connection for each statement; a thread that lives as
 * long as there are such engines closes them. Thread-safe.
 */
final class SharedEngines {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Those of the driver. */
  static final SharedEngines OF_THE_DRIVER = new SharedEngines(TimeSource.system(), PATIENCE);

  private final TimeSource time;
  private final Duration patience;
  private final Map<EngineSpec, Shared> engines = new LinkedHashMap<>();
  private @Nullable Thread closer;

  /**
   * @param patience how long an engine without connections is kept
   */
  SharedEngines(TimeSource time, Duration patience) {
    this.time = time;
    this.patience = patience;
  }

  /** An engine and its users. Guarded by the outer object. */
  private static final class Shared {
    private final Engine engine;
    private int connections;
    private @Nullable Instant idleSince;

    Shared(Engine engine) {
      this.engine = engine;
    }
  }

  /** The part of an engine that one connection has. */
  final class Lease implements AutoCloseable {
    private final Shared shared;
    private boolean returned;

    private Lease(Shared shared) {
      this.shared = shared;
    }

    Engine engine() {
      return shared.engine;
    }

    /** Gives it back; may be repeated. */
    @Override
    public void close() {
      giveBack(this);
    }
  }

  /** An engine of that specification, opened if there is none. */
  synchronized Lease lease(EngineSpec spec, Supplier<Engine> opening) {
    Shared shared = engines.get(spec);
    if (shared == null) {
      shared = new Shared(opening.get());
      engines.put(spec, shared);
    }
    shared.connections++;
    shared.idleSince = null;
    return new Lease(shared);
  }

  private synchronized void giveBack(Lease lease) {
    if (lease.returned) {
      return;
    }
    lease.returned = true;
    if (--lease.shared.connections == 0) {
      lease.shared.idleSince = time.now();
      if (closer == null) {
        closer = newCloser();
      }
    }
  }

  private Thread newCloser() {
    Thread thread = new Thread(this::closeInTime, "quire-idle-engines");
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    return thread;
  }

  private void closeInTime() {
    try {
      while (true) {
        List<Engine> late = new ArrayList<>();
        Duration wait;
        synchronized (this) {
          wait = takeIdle(time.now(), late);
          if (wait.isZero() && closer == Thread.currentThread()) {
            closer = null;
          }
        }
        late.forEach(Engine::close);
        if (wait.isZero()) {
          return;
        }
        time.sleep(wait);
      }
    } catch (InterruptedException e) {
      // Only closeIdle interrupts, and has closed what this thread was waiting for.
    }
  }

  /** Takes out what was idle too long; says when to look again, zero for no need to. */
  private Duration takeIdle(Instant now, List<Engine> late) {
    Duration next = Duration.ZERO;
    for (Iterator<Shared> each = engines.values().iterator(); each.hasNext(); ) {
      Shared shared = each.next();
      if (shared.idleSince != null) {
        Duration left = Duration.between(now, shared.idleSince.plus(patience));
        if (left.compareTo(Duration.ZERO) <= 0) {
          late.add(shared.engine);
          each.remove();
        } else if (next.isZero() || left.compareTo(next) < 0) {
          next = left;
        }
      }
    }
    return next;
  }

  /** Closes those without connections at once. */
  void closeIdle() {
    List<Engine> idle = new ArrayList<>();
    synchronized (this) {
      takeIdle(Instant.MAX, idle);
      if (closer != null) {
        closer.interrupt();
        closer = null;
      }
    }
    idle.forEach(Engine::close);
  }

  /** How many engines are open, those without connections included. */
  synchronized int size() {
    return engines.size();
  }
}
