package dev.quire.export.parquet;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** One row group in memory until it is written as a whole. One thread at a time. */
final class RowGroupWriter {
  /** Together they keep a group small enough for a small heap, and great enough to be packed. */
  private static final int MOST_ROWS = 122_880;

  private static final long MOST_BYTES = 16L << 20;
  private static final int ROWS_BETWEEN_LOOKS = 256;
  private static final int PAGE_BYTES = 256 << 10;
  private static final int DICTIONARY_BYTES = 256 << 10;

  private final List<ParquetColumn> columns;
  private final Map<ColumnDescriptor, ColumnChunk> chunks = new LinkedHashMap<>();
  private final List<ColumnWriter> writers = new ArrayList<>();
  private final ColumnWriteStore store;
  private long rows;
  private long bytes;

  RowGroupWriter(MessageType schema, List<ParquetColumn> columns) {
    this.columns = columns;
    ZstdCompressor compressor = new ZstdCompressor();
    for (ColumnDescriptor column : schema.getColumns()) {
      chunks.put(column, new ColumnChunk(column, compressor));
    }
    store = properties().newColumnWriteStore(schema, new Chunks(chunks));
    chunks.keySet().forEach(column -> writers.add(store.getColumnWriter(column)));
  }

  private static ParquetProperties properties() {
    return ParquetProperties.builder()
        .withWriterVersion(WriterVersion.PARQUET_1_0)
        .withPageSize(PAGE_BYTES)
        .withDictionaryPageSize(DICTIONARY_BYTES)
        .withSizeStatisticsEnabled(false)
        .build();
  }

  private record Chunks(Map<ColumnDescriptor, ColumnChunk> all) implements PageWriteStore {
    @Override
    public PageWriter getPageWriter(ColumnDescriptor column) {
      ColumnChunk chunk = all.get(column);
      if (chunk == null) {
        throw new IllegalArgumentException("no column " + column);
      }
      return chunk;
    }
  }

  void write(@Nullable Object[] row) {
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      if (value == null) {
        writers.get(i).writeNull(0, 0);
      } else {
        columns.get(i).write(value, writers.get(i));
      }
    }
    store.endRecord();
    rows++;
    if (rows % ROWS_BETWEEN_LOOKS == 0) {
      bytes = store.getBufferedSize();
    }
  }

  boolean isFull() {
    return rows >= MOST_ROWS || bytes >= MOST_BYTES;
  }

  long rows() {
    return rows;
  }

  /**
   * Writes the group.
   *
   * @param start where in the file this is
   */
  RowGroup writeTo(OutputStream out, long start) throws IOException {
    store.flush();
    store.close();
    List<org.apache.parquet.format.ColumnChunk> written = new ArrayList<>();
    long offset = start;
    long unpacked = 0;
    for (ColumnChunk chunk : chunks.values()) {
      ColumnMetaData metadata = chunk.writeTo(out, offset);
      org.apache.parquet.format.ColumnChunk entry = new org.apache.parquet.format.ColumnChunk(0);
      entry.setMeta_data(metadata);
      written.add(entry);
      offset += metadata.getTotal_compressed_size();
      unpacked += metadata.getTotal_uncompressed_size();
    }
    RowGroup group = new RowGroup(written, unpacked, rows);
    group.setFile_offset(start);
    group.setTotal_compressed_size(offset - start);
    return group;
  }
}
