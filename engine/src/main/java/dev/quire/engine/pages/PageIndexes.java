package dev.quire.engine.pages;

import dev.quire.chain.StatementContext;
import dev.quire.engine.config.Configuration;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.ByteForm;
import dev.quire.spi.ByteFormWriter;
import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TimeSource;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Finds the page index of a scan, where its source keeps them. Thread-safe. */
public final class PageIndexes {
  /** Keeps none. */
  public static final PageIndexes NONE =
      new PageIndexes(Configuration.of(Map.of()), Optional.empty(), TimeSource.system());

  private final Configuration configuration;
  private final Optional<Path> folder;
  private final TimeSource time;

  /** Those of an engine, in the cache that it was lent. */
  public PageIndexes(Configuration configuration, ConnectorContext context) {
    this(configuration, context.cache(), context.time());
  }

  private PageIndexes(Configuration configuration, Optional<Path> folder, TimeSource time) {
    this.configuration = configuration;
    this.folder = folder;
    this.time = time;
  }

  /** Whether starts of pages are kept for a table: as its source is configured, else as it says. */
  public boolean isOn(ScanTarget target) {
    return folder.isPresent() && !maxAge(target).isZero();
  }

  private Duration maxAge(ScanTarget target) {
    return config(target)
        .flatMap(Configuration::pageIndexOf)
        .orElse(target.table().continuationsLast() ? Configuration.PAGE_INDEX_AGE : Duration.ZERO);
  }

  private Optional<SourceConfig> config(ScanTarget target) {
    String source = target.place().split("\\.", 2)[0];
    return Optional.ofNullable(configuration.sources().get(source));
  }

  /** The moment to which ages are told. */
  public Instant now() {
    return time.now();
  }

  /**
   * The index of a scan that is read in one chain; empty where none is kept: its rows are groups,
   * or end at a limit. Sends nothing.
   */
  public Optional<PageIndex> find(ScanTarget target, Split whole, StatementContext statement) {
    ScanRequest scan = whole.scan();
    boolean isPlain = scan.aggregation().isEmpty() && scan.limit().isEmpty() && scan.offset() == 0;
    if (!isPlain || !isOn(target)) {
      return Optional.empty();
    }
    PageFile file = PageFile.in(folder.orElseThrow(), digest(target, whole, statement));
    return Optional.of(new PageIndex(file, target.place(), statement, maxAge(target), time));
  }

  /** Of all that says which rows come, and in which pages; who asks is part of it. */
  private String digest(ScanTarget target, Split whole, CallContext context) {
    ByteFormWriter out = new ByteFormWriter((byte) 0);
    out.text(target.place());
    config(target)
        .ifPresent(
            config ->
                out.list(
                    config.keys(),
                    key -> {
                      out.text(key);
                      out.text(config.find(key).orElse(""));
                    }));
    out.block(ByteForm.of(whole));
    RequestPreview first = firstRequest(target.table(), whole, context);
    out.text(first.url());
    out.optional(first.body(), out::text);
    return HexFormat.of().formatHex(sha256(out.finish()), 0, 16);
  }

  private static RequestPreview firstRequest(Table table, Split whole, CallContext context) {
    try (var pages = table.open(whole, context)) {
      return pages.firstRequest();
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
