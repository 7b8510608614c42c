package dev.quire.spi;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ByteFormTest {
  private static final ScanRequest BASE = ScanRequest.of(List.of("id"));

  /** One scan with something of everything, as version 1 writes it. */
  private static final String GOLDEN =
      """
      01020000000573616c6573000000066f726465727300000002000000026964000000046e616d6500
      0000040400000002494e000000030100000006616d6f756e7400000007444543494d414c00000012
      000000020200000007444543494d414c00000012000000020d000000020000000204e20300000007
      444543494d414cffffffffffffffff04000000024f5200000002040000000749535f4e554c4c0000
      000101000000056ec3a46d6500000007564152434841520000006400000000040000000b53544152
      54535f574954480000000201000000056ec3a46d6500000007564152434841520000006400000000
      020000000756415243484152ffffffff000000000200000003e697a5040000000247450000000201
      0000000261740000000c54494d455354414d505f545affffffff00000000020000000c54494d4553
      54414d505f545affffffff0000000017000000006b027130075bcd150400000003414e440000000a
      0200000007424f4f4c45414effffffff00000000000200000007424f4f4c45414effffffff000000
      0001010200000007494e5445474552ffffffff000000000afffffff90200000006424947494e54ff
      ffffff000000000b00000100000000000200000006444f55424c45ffffffff000000000c3fb99999
      9999999a020000000956415242494e415259ffffffff00000000030000000200ff02000000044441
      5445ffffffff00000000140000000000005020020000000454494d45ffffffff000000001500004e
      9455b43601020000000954494d455354414d50ffffffff0000000016ffffffffffffffff00004e94
      55b439e7020000000455554944ffffffff00000000040000000000000001fffffffffffffffe0000
      00010000000269640100000000000000000a01000000000000003201000000010000000573746174
      65000000010000000353554d0100000006616d6f756e740100000007444543494d414cffffffffff
      ffffff01000013880000000631206f6620320000000100000006726567696f6e0000000265750b6a
      fa5e
      """;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void generated_scans_splits_and_checkpoints_come_back_as_they_were() {
    for (int i = 0; i < 500; i++) {
      Split split = split();
      byte[] bytes = ByteForm.of(split);
      Split back = ByteForm.splitFrom(bytes);
      assertSame(back, split);
      assertThat(ByteForm.of(back)).as("seed " + seed).isEqualTo(bytes);
      assertSame(ByteForm.scanRequestFrom(ByteForm.of(split.scan())), split.scan());
      Checkpoint checkpoint =
          new Checkpoint(
              maybe(() -> new Continuation("t" + text())), random.nextInt(Integer.MAX_VALUE));
      assertThat(ByteForm.checkpointFrom(ByteForm.of(checkpoint)))
          .as("seed " + seed)
          .isEqualTo(checkpoint);
    }
  }

  @ParameterizedTest
  @EnumSource(DataType.Kind.class)
  void values_of_every_kind_come_back_as_they_were(DataType.Kind kind) {
    for (int i = 0; i < 200; i++) {
      Constant constant = new Constant(value(kind), type(kind));
      ScanRequest scan = BASE.withFilters(List.of(constant));
      assertSame(ByteForm.scanRequestFrom(ByteForm.of(scan)), scan);
    }
  }

  @Test
  void extreme_values_come_back_as_they_were() {
    for (Object value :
        List.of(
            Instant.MIN,
            Instant.MAX,
            LocalDate.MIN,
            LocalDate.MAX,
            LocalTime.MAX,
            LocalDateTime.MIN,
            LocalDateTime.MAX,
            new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
            new BigDecimal(BigInteger.ZERO, Integer.MAX_VALUE),
            new BigDecimal("440000.000000000"),
            Double.NaN,
            -0.0,
            Double.MIN_VALUE,
            Long.MIN_VALUE,
            Integer.MIN_VALUE,
            "",
            new byte[0])) {
      ScanRequest scan = BASE.withFilters(List.of(new Constant(value, DataType.VARCHAR)));
      assertSame(ByteForm.scanRequestFrom(ByteForm.of(scan)), scan);
    }
  }

  @Test
  void the_bytes_of_version_1_are_for_ever() {
    byte[] golden = HexFormat.of().parseHex(GOLDEN.replaceAll("\\s", ""));
    assertThat(HexFormat.of().formatHex(ByteForm.of(golden())))
        .isEqualTo(HexFormat.of().formatHex(golden));
    assertSame(ByteForm.splitFrom(golden), golden());
  }

  @Test
  void bytes_of_a_newer_version_are_refused_with_what_to_do() {
    byte[] bytes = ByteForm.of(Checkpoint.START);
    bytes[0] = 2;
    assertThatThrownBy(() -> ByteForm.checkpointFrom(bytes))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
        .hasMessageContaining("format 2")
        .hasMessageContaining("newer version");
  }

  @Test
  void a_function_of_a_newer_version_is_refused_by_name() {
    byte[] bytes =
        ByteForm.of(BASE.withFilters(List.of(call(Function.EQ, new Placeholder(DataType.UUID)))));
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[latin.indexOf("EQ")] = 'X';
    assertThatThrownBy(() -> ByteForm.scanRequestFrom(repaired(bytes)))
        .hasMessageContaining("unknown Function 'XQ'");
  }

  @Test
  void bytes_of_something_else_are_refused() {
    assertDamaged(() -> ByteForm.splitFrom(ByteForm.of(Checkpoint.START)));
    assertDamaged(() -> ByteForm.checkpointFrom(new byte[0]));
    assertDamaged(() -> ByteForm.checkpointFrom(new byte[100]));
    assertDamaged(() -> ByteForm.checkpointFrom("{\"page\":null}".getBytes()));
  }

  @Test
  void every_truncation_and_every_changed_byte_is_noticed() {
    byte[] bytes = ByteForm.of(golden());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertDamaged(() -> ByteForm.splitFrom(cut));
    }
    for (int at = 1; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      assertDamaged(() -> ByteForm.splitFrom(changed));
    }
  }

  @Test
  void garbage_with_a_right_checksum_ends_in_an_error_and_not_out_of_memory() {
    byte[] bytes = ByteForm.of(golden());
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.clone();
      int at = 2 + random.nextInt(bytes.length - 6);
      changed[at] = (byte) (random.nextBoolean() ? 0x7F : random.nextInt());
      try {
        ByteForm.splitFrom(repaired(changed));
      } catch (SourceException e) {
        assertThat(e.kind())
            .as("seed " + seed)
            .isIn(ErrorKind.INVALID_VALUE, ErrorKind.UNSUPPORTED);
      }
    }
  }

  @Test
  void expressions_nested_without_end_do_not_break_the_stack() {
    Expression deep = new Constant(true, DataType.BOOLEAN);
    for (int i = 0; i < 600; i++) {
      deep = call(Function.NOT, deep);
    }
    byte[] bytes = ByteForm.of(BASE.withFilters(List.of(deep)));
    assertDamaged(() -> ByteForm.scanRequestFrom(bytes));
  }

  @Test
  void what_has_no_byte_form_is_refused_when_it_is_written() {
    for (Object value : List.of(1.5f, new StringBuilder(), "\ud83d")) {
      ScanRequest scan = BASE.withFilters(List.of(new Constant(value, DataType.VARCHAR)));
      assertThatThrownBy(() -> ByteForm.of(scan))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_VALUE));
    }
  }

  private static Split golden() {
    ColumnRef name = new ColumnRef("näme", DataType.varchar(100));
    ScanRequest scan =
        new ScanRequest(
            List.of("id", "name"),
            List.of(
                call(
                    Function.IN,
                    new ColumnRef("amount", DataType.decimal(18, 2)),
                    new Constant(new BigDecimal("12.50"), DataType.decimal(18, 2)),
                    new Placeholder(DataType.DECIMAL)),
                call(
                    Function.OR,
                    call(Function.IS_NULL, name),
                    call(Function.STARTS_WITH, name, new Constant("日", DataType.VARCHAR))),
                call(
                    Function.GE,
                    new ColumnRef("at", DataType.TIMESTAMP_TZ),
                    new Constant(
                        Instant.parse("2026-11-22T04:36:00.123456789Z"), DataType.TIMESTAMP_TZ)),
                valuesOfEveryClass()),
            List.of(new ScanRequest.SortKey("id", true, false)),
            10,
            OptionalLong.of(50),
            Optional.of(
                new ScanRequest.Aggregation(
                    List.of("state"),
                    List.of(
                        new ScanRequest.Measure(
                            ScanRequest.MeasureFunction.SUM,
                            Optional.of("amount"),
                            true,
                            DataType.DECIMAL)))),
            OptionalInt.of(5000));
    return new Split(new TableName("sales", "orders"), scan, "1 of 2", Map.of("region", "eu"));
  }

  private static Expression valuesOfEveryClass() {
    return call(
        Function.AND,
        new Constant(null, DataType.BOOLEAN),
        new Constant(true, DataType.BOOLEAN),
        new Constant(-7, DataType.INTEGER),
        new Constant(1L << 40, DataType.BIGINT),
        new Constant(0.1, DataType.DOUBLE),
        new Constant(new byte[] {0, -1}, DataType.VARBINARY),
        new Constant(LocalDate.of(2026, 2, 28), DataType.DATE),
        new Constant(LocalTime.of(23, 59, 59, 1), DataType.TIME),
        new Constant(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999), DataType.TIMESTAMP),
        new Constant(new UUID(1, -2), DataType.UUID));
  }

  private Split split() {
    ScanRequest scan =
        new ScanRequest(
            list(this::text),
            list(() -> expression(3)),
            list(() -> new ScanRequest.SortKey(text(), random.nextBoolean(), random.nextBoolean())),
            Math.abs(random.nextLong() >> 1),
            random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
            maybe(() -> new ScanRequest.Aggregation(list(this::text), list(this::measure))),
            random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty());
    return new Split(
        new TableName(text(), text()), scan, text(), Map.of("a" + text(), text(), "b", text()));
  }

  private ScanRequest.Measure measure() {
    return new ScanRequest.Measure(
        oneOf(ScanRequest.MeasureFunction.values()),
        maybe(this::text),
        random.nextBoolean(),
        type(oneOf(DataType.Kind.values())));
  }

  private Expression expression(int depth) {
    DataType.Kind kind = oneOf(DataType.Kind.values());
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> new ColumnRef(text(), type(kind));
      case 1 -> new Constant(random.nextInt(5) == 0 ? null : value(kind), type(kind));
      case 2 -> new Placeholder(type(kind));
      default -> new Expression.Call(oneOf(Function.values()), list(() -> expression(depth - 1)));
    };
  }

  private DataType type(DataType.Kind kind) {
    return new DataType(kind, random.nextInt(40) - 1, random.nextInt(40) - 1);
  }

  private Object value(DataType.Kind kind) {
    return switch (kind) {
      case BOOLEAN -> random.nextBoolean();
      case SMALLINT, INTEGER -> random.nextInt();
      case BIGINT -> random.nextLong();
      case REAL, DOUBLE -> random.nextGaussian() * 1e10;
      case DECIMAL ->
          new BigDecimal(new BigInteger(random.nextInt(300), random), random.nextInt(60) - 10)
              .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
      case VARCHAR, JSON -> text();
      case VARBINARY -> {
        byte[] block = new byte[random.nextInt(20)];
        random.nextBytes(block);
        yield block;
      }
      case DATE -> LocalDate.ofEpochDay(random.nextInt(1_000_000) - 500_000);
      case TIME -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L));
      case TIMESTAMP ->
          LocalDate.ofEpochDay(random.nextInt(1_000_000) - 500_000)
              .atTime(LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L)));
      case TIMESTAMP_TZ -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case UUID -> new UUID(random.nextLong(), random.nextLong());
    };
  }

  private String text() {
    return random
        .ints(random.nextInt(12), 1, 0x10000)
        .filter(point -> point < 0xD800 || point > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .append(random.nextInt(4) == 0 ? "𝄞" : "")
        .toString();
  }

  private <T> List<T> list(Supplier<T> each) {
    List<T> values = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      values.add(each.get());
    }
    return values;
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /** Equal, with byte arrays compared by their content. */
  private void assertSame(Object actual, Object expected) {
    assertThat(actual)
        .as("seed " + seed)
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .isEqualTo(expected);
  }

  /** The same bytes with a checksum that fits. */
  private static byte[] repaired(byte[] bytes) {
    CRC32 check = new CRC32();
    check.update(bytes, 0, bytes.length - 4);
    return ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) check.getValue()).array();
  }

  private static void assertDamaged(Supplier<?> read) {
    assertThatThrownBy(read::get)
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_VALUE))
        .hasMessageContaining("damaged");
  }
}
