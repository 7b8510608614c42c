package dev.quire.export.parquet;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * The pages of one column in one row group, packed and held until the group is written. One thread
 * at a time.
 */
final class ColumnChunk implements PageWriter {
  /** Greater bounds help no reader to skip anything and make every footer longer. */
  private static final int LONGEST_BOUND = 1_024;

  private final ColumnDescriptor column;
  private final ZstdCompressor compressor;
  private final ByteArrayOutputStream dictionary = new ByteArrayOutputStream(0);
  private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
  private final Set<Encoding> encodings = new TreeSet<>();
  private final Statistics<?> statistics;
  private long values;
  private long unpacked;

  ColumnChunk(ColumnDescriptor column, ZstdCompressor compressor) {
    this.column = column;
    this.compressor = compressor;
    this.statistics = Statistics.createStats(column.getPrimitiveType());
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> ofPage,
      SizeStatistics sizes,
      GeospatialStatistics places,
      org.apache.parquet.column.Encoding repetition,
      org.apache.parquet.column.Encoding definition,
      org.apache.parquet.column.Encoding encoding)
      throws IOException {
    byte[] plain = bytes.toByteArray();
    byte[] packed = packed(plain);
    PageHeader header = new PageHeader(PageType.DATA_PAGE, plain.length, packed.length);
    header.setData_page_header(
        new DataPageHeader(valueCount, of(encoding), of(definition), of(repetition)));
    append(header, packed, plain.length, pages);
    encodings.addAll(List.of(of(encoding), of(definition), of(repetition)));
    statistics.mergeStatistics(ofPage);
    values += valueCount;
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> ofPage,
      org.apache.parquet.column.Encoding repetition,
      org.apache.parquet.column.Encoding definition,
      org.apache.parquet.column.Encoding encoding) {
    throw new UnsupportedOperationException("an older form of the same");
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      Statistics<?> ofPage,
      org.apache.parquet.column.Encoding repetition,
      org.apache.parquet.column.Encoding definition,
      org.apache.parquet.column.Encoding encoding) {
    throw new UnsupportedOperationException("an older form of the same");
  }

  @Override
  public void writePageV2(
      int rowCount,
      int nullCount,
      int valueCount,
      BytesInput repetitionLevels,
      BytesInput definitionLevels,
      org.apache.parquet.column.Encoding encoding,
      BytesInput data,
      Statistics<?> ofPage) {
    throw new UnsupportedOperationException("pages are of version 1, which every reader knows");
  }

  @Override
  public void writeDictionaryPage(DictionaryPage page) throws IOException {
    byte[] plain = page.getBytes().toByteArray();
    byte[] packed = packed(plain);
    PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, plain.length, packed.length);
    header.setDictionary_page_header(
        new DictionaryPageHeader(page.getDictionarySize(), of(page.getEncoding())));
    append(header, packed, plain.length, dictionary);
    encodings.add(of(page.getEncoding()));
  }

  private byte[] packed(byte[] plain) {
    byte[] room = new byte[compressor.maxCompressedLength(plain.length)];
    int length = compressor.compress(plain, 0, plain.length, room, 0, room.length);
    return java.util.Arrays.copyOf(room, length);
  }

  private void append(PageHeader header, byte[] packed, int plain, ByteArrayOutputStream to)
      throws IOException {
    int before = to.size();
    Util.writePageHeader(header, to);
    unpacked += to.size() - before + plain;
    to.write(packed);
  }

  private static Encoding of(org.apache.parquet.column.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }

  /**
   * Writes the chunk.
   *
   * @param offset where in the file this is
   */
  ColumnMetaData writeTo(OutputStream out, long offset) throws IOException {
    dictionary.writeTo(out);
    pages.writeTo(out);
    ColumnMetaData metadata =
        new ColumnMetaData(
            SchemaElements.physical(column.getPrimitiveType()),
            List.copyOf(encodings),
            List.of(column.getPath()),
            CompressionCodec.ZSTD,
            values,
            unpacked,
            dictionary.size() + (long) pages.size(),
            offset + dictionary.size());
    if (dictionary.size() > 0) {
      metadata.setDictionary_page_offset(offset);
    }
    metadata.setStatistics(bounds());
    return metadata;
  }

  private org.apache.parquet.format.Statistics bounds() {
    org.apache.parquet.format.Statistics bounds = new org.apache.parquet.format.Statistics();
    bounds.setNull_count(statistics.getNumNulls());
    if (statistics.hasNonNullValue() && statistics.isSmallerThan(LONGEST_BOUND)) {
      bounds.setMin_value(statistics.getMinBytes());
      bounds.setMax_value(statistics.getMaxBytes());
    }
    return bounds;
  }

  @Override
  public long getMemSize() {
    return dictionary.size() + (long) pages.size();
  }

  @Override
  public long allocatedSize() {
    return getMemSize();
  }

  @Override
  public String memUsageString(String prefix) {
    return prefix + " " + column + ": " + getMemSize() + " bytes";
  }
}
