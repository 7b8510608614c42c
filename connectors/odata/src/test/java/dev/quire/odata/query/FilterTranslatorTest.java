package dev.quire.odata.query;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import dev.quire.spi.Fidelity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FilterTranslatorTest {
  private static final EntityTable TABLE = Tables.shop("Customers");

  private static ColumnRef column(String name) {
    return new ColumnRef(name, TABLE.requireField(name).column().type());
  }

  private static Constant constant(Object value) {
    return new Constant(value, DataType.VARCHAR);
  }

  private static Condition translate(Profile profile, Expression filter) {
    return new FilterTranslator(TABLE, profile).translate(filter);
  }

  private static Condition translate(EntityTable table, Expression filter) {
    return new FilterTranslator(table, Profile.NONE).translate(filter);
  }

  private static Condition translate(Expression filter) {
    return translate(Profile.NONE, filter);
  }

  private static Condition compare(Function function, String column, Object value) {
    return translate(call(function, column(column), constant(value)));
  }

  private static void assertExact(Condition condition, String text) {
    assertThat(condition.text()).isEqualTo(text);
    assertThat(condition.fidelity()).isEqualTo(Fidelity.EXACT);
    assertThat(condition.note()).isEmpty();
  }

  private static void assertNarrows(Condition condition, String text) {
    assertThat(condition.text()).isEqualTo(text);
    assertThat(condition.fidelity()).isEqualTo(Fidelity.NARROWING);
    assertThat(condition.note()).isNotEmpty();
  }

  private static void assertNone(Condition condition) {
    assertThat(condition.fidelity()).isEqualTo(Fidelity.NONE);
    assertThat(condition.text()).isEmpty();
    assertThat(condition.note()).isNotEmpty();
  }

  @Test
  void numbers_compare_exactly() {
    assertExact(compare(Function.EQ, "id", 5), "id eq 5");
    assertExact(compare(Function.LT, "big", 9007199254740993L), "big lt 9007199254740993");
    assertExact(compare(Function.GE, "revenue", new BigDecimal("1E+3")), "revenue ge 1000");
    assertExact(compare(Function.GT, "price", new BigDecimal("0.10")), "price gt 0.1");
    assertExact(compare(Function.LE, "score", 0.5), "score le 0.5");
    assertExact(compare(Function.LE, "score", 50.0), "score le 50");
  }

  @Test
  void ne_on_what_may_be_null_excludes_null() {
    assertExact(compare(Function.NE, "big", 5), "(big ne 5 and big ne null)");
    assertExact(compare(Function.NE, "id", 5), "id ne 5");
  }

  @Test
  void a_constant_that_the_type_cannot_hold_is_not_sent() {
    assertNone(compare(Function.EQ, "id", 5_000_000_000L));
    assertNone(compare(Function.EQ, "id", new BigDecimal("5.5")));
    assertNone(compare(Function.EQ, "small", 256));
    assertNone(compare(Function.EQ, "score", Double.NaN));
    assertNone(compare(Function.EQ, "score", new BigDecimal("0.1")));
    assertNone(compare(Function.EQ, "revenue", 0.1));
    assertNone(compare(Function.EQ, "ratio", 0.5));
    assertNone(compare(Function.EQ, "big", null));
  }

  @Test
  void the_constant_may_stand_on_the_left() {
    assertExact(translate(call(Function.LT, constant(5), column("id"))), "id gt 5");
  }

  @Test
  void not_is_carried_inwards() {
    assertExact(
        translate(call(Function.NOT, call(Function.LT, column("big"), constant(5)))), "big ge 5");
    Expression both =
        call(
            Function.AND,
            call(Function.EQ, column("id"), constant(1)),
            call(Function.IS_NULL, column("big")));
    assertExact(translate(call(Function.NOT, both)), "(id ne 1 or big ne null)");
  }

  private static Expression lower(Function function, String text) {
    return call(function, call(Function.LOWER, column("name")), constant(text));
  }

  private static Expression part(Function part, String column, Function function, long value) {
    return call(function, call(part, column(column)), new Constant(value, DataType.BIGINT));
  }

  @Test
  void lower_case_is_asked_for_where_nobody_differs_on_it() {
    assertNarrows(translate(lower(Function.EQ, "abc")), "tolower(name) eq 'abc'");
    assertNarrows(
        translate(lower(Function.EQ, "contoso bank")),
        "(startswith(tolower(name),'conto') and contains(tolower(name),'o ban'))");
    assertNarrows(
        translate(lower(Function.STARTS_WITH, "abcd")), "startswith(tolower(name),'abc')");
    assertNarrows(translate(lower(Function.CONTAINS, "xabcx")), "contains(tolower(name),'abc')");
    assertNone(translate(lower(Function.EQ, "ABC")));
    assertNone(translate(lower(Function.EQ, "kiki")));
    assertNone(translate(lower(Function.NE, "abc")));
    assertNone(translate(Profile.GRAPH, lower(Function.EQ, "abc")));
    assertNarrows(translate(Profile.DATAVERSE, lower(Function.EQ, "abc")), "name eq 'abc'");
    assertNarrows(
        translate(
            Profile.DATAVERSE,
            call(Function.ENDS_WITH, call(Function.UPPER, column("name")), constant("X[ABC"))),
        "endswith(name,'ABC')");
  }

  @Test
  void parts_of_days_and_times_are_asked_for_but_not_of_moments() {
    assertExact(translate(part(Function.MONTH, "day", Function.EQ, 5)), "month(day) eq 5");
    assertExact(
        translate(part(Function.DAY, "day", Function.NE, 31)), "(day(day) ne 31 and day ne null)");
    assertExact(translate(part(Function.HOUR, "hour", Function.LT, 9)), "hour(hour) lt 9");
    Condition moment = translate(part(Function.MONTH, "created", Function.EQ, 5));
    assertNone(moment);
    assertThat(moment.note()).contains("time zone");
    assertNone(translate(Profile.DATAVERSE, part(Function.MONTH, "day", Function.EQ, 5)));
  }

  @Test
  void what_a_division_leaves_is_asked_for_as_far_as_services_agree() {
    Expression left = call(Function.MOD, column("id"), new Constant(10L, DataType.BIGINT));
    Constant zero = new Constant(0L, DataType.BIGINT);
    Constant three = new Constant(3L, DataType.BIGINT);
    assertExact(translate(call(Function.EQ, left, zero)), "id mod 10 eq 0");
    assertNarrows(translate(call(Function.EQ, left, three)), "id mod 10 eq 3");
    assertNone(translate(call(Function.LT, left, three)));
    assertNarrows(
        translate(call(Function.IN, left, zero, three)), "(id mod 10 eq 0 or id mod 10 eq 3)");
  }

  @Test
  void a_text_is_at_most_as_long_as_services_may_count_it() {
    Expression length = call(Function.LENGTH, column("name"));
    Constant five = new Constant(5L, DataType.BIGINT);
    assertNarrows(translate(call(Function.LE, length, five)), "length(name) le 20");
    assertNarrows(translate(call(Function.LT, length, five)), "length(name) le 16");
    assertNarrows(translate(call(Function.EQ, length, five)), "length(name) le 20");
    assertNarrows(
        translate(call(Function.NOT, call(Function.GT, length, five))), "length(name) le 20");
    assertNone(translate(call(Function.GT, length, five)));
    assertNone(translate(call(Function.NE, length, five)));
    assertNone(translate(Profile.DATAVERSE, call(Function.LE, length, five)));
    assertNone(translate(Profile.GRAPH, call(Function.LE, length, five)));
  }

  @Test
  void text_without_its_blanks_is_found_when_it_has_no_white_space_at_its_ends() {
    Expression trimmed = call(Function.TRIM, column("name"));
    assertNarrows(translate(call(Function.EQ, trimmed, constant("a b"))), "trim(name) eq 'a b'");
    assertNarrows(
        translate(call(Function.STARTS_WITH, trimmed, constant("a"))),
        "startswith(trim(name),'a')");
    assertNarrows(
        translate(
            Tables.shop("Customers", Protocol.V2), call(Function.CONTAINS, trimmed, constant("a"))),
        "substringof('a',trim(name))");
    assertNone(translate(call(Function.EQ, trimmed, constant(""))));
    assertNone(translate(call(Function.EQ, trimmed, constant("a\u00a0"))));
    assertNone(translate(call(Function.NE, trimmed, constant("a"))));
    assertNone(translate(Profile.DATAVERSE, call(Function.EQ, trimmed, constant("a"))));
  }

  @Test
  void texts_one_after_the_other_are_compared_in_pairs() {
    Expression joined =
        call(Function.CONCAT, column("name"), constant(" "), column("address.city"));
    assertNarrows(
        translate(call(Function.EQ, joined, constant("Ann O'Hara"))),
        "concat(concat(name,' '),address/city) eq 'Ann O''Hara'");
    assertNarrows(
        translate(call(Function.IN, joined, constant("a b"), constant("c d"))),
        "(concat(concat(name,' '),address/city) eq 'a b'"
            + " or concat(concat(name,' '),address/city) eq 'c d')");
    assertNone(translate(call(Function.NE, joined, constant("a b"))));
    assertNone(translate(call(Function.STARTS_WITH, joined, constant("a b"))));
    assertNone(translate(Profile.DATAVERSE, call(Function.EQ, joined, constant("a b"))));
    assertThat(FilterTranslator.asksForFunctions(call(Function.EQ, joined, constant("a"))))
        .isTrue();
  }

  @Test
  void nan_is_greater_than_every_number_as_it_is_here() {
    String above = "(not (score le 5) and score ne null)";
    assertExact(compare(Function.GT, "score", 5.0), above);
    assertExact(
        translate(call(Function.NOT, call(Function.LE, column("score"), constant(5.0)))), above);
    assertExact(
        translate(call(Function.NOT, call(Function.GE, column("score"), constant(5.0)))),
        "score lt 5");
  }

  @Test
  void dataverse_has_no_nan() {
    Expression above = call(Function.GT, column("score"), constant(5.0));
    assertExact(translate(Profile.DATAVERSE, above), "score gt 5");
  }

  @Test
  void a_decimal_finer_than_the_property_is_not_left_to_the_services_rounding() {
    BigDecimal fine = new BigDecimal("1.005");
    assertNone(compare(Function.EQ, "price", fine));
    assertNone(compare(Function.NE, "price", fine));
    assertNarrows(compare(Function.LT, "price", fine), "price le 1.01");
    assertNarrows(compare(Function.GE, "price", fine), "price ge 1");
    assertNarrows(compare(Function.LE, "price", fine.negate()), "price le -1");
    assertNarrows(compare(Function.GT, "price", fine.negate()), "price ge -1.01");
    assertExact(compare(Function.EQ, "price", new BigDecimal("1.5000")), "price eq 1.5");
    assertExact(compare(Function.EQ, "revenue", fine), "revenue eq 1.005");
  }

  @Test
  void in_with_a_null_or_a_fraction_too_fine_is_not_sent() {
    assertNone(translate(call(Function.IN, column("id"), constant(1), constant(null))));
    Expression prices =
        call(
            Function.IN,
            column("price"),
            constant(BigDecimal.ONE),
            constant(new BigDecimal("1.005")));
    assertNone(translate(prices));
    assertNone(translate(call(Function.NOT, prices)));
  }

  @Test
  void text_narrows_and_its_difference_stays_here() {
    assertNarrows(compare(Function.EQ, "name", "O'Neil & Söhne"), "name eq 'O''Neil & Söhne'");
    assertNone(compare(Function.NE, "name", "a"));
    assertNone(compare(Function.LT, "name", "a"));
    assertNone(compare(Function.EQ, "name", "a\u0000"));
    assertNone(compare(Function.EQ, "name", "\ud800"));
  }

  @Test
  void text_is_exact_where_the_configuration_says_so() {
    Profile exact = Profile.NONE.withStrings(Profile.Strings.EXACT);
    Expression differs = call(Function.NE, column("name"), constant("a"));
    assertExact(translate(exact, differs), "(name ne 'a' and name ne null)");
  }

  @Test
  void patterns_narrow() {
    assertNarrows(compare(Function.STARTS_WITH, "name", "a%"), "startswith(name,'a%')");
    assertNarrows(compare(Function.ENDS_WITH, "name", "z"), "endswith(name,'z')");
    assertNarrows(compare(Function.CONTAINS, "name", "[x]"), "contains(name,'[x]')");
    assertNone(
        translate(call(Function.NOT, call(Function.CONTAINS, column("name"), constant("x")))));
  }

  @Test
  void a_bracket_in_a_pattern_is_not_sent_to_dataverse() {
    assertNone(
        translate(Profile.DATAVERSE, call(Function.CONTAINS, column("name"), constant("a[1-2]b"))));
  }

  @Test
  void in_is_a_chain_without_repetitions() {
    Expression in =
        call(Function.IN, column("id"), constant(1), constant(2), constant(1), constant(1L << 40));
    assertExact(translate(in), "(id eq 1 or id eq 2)");
    assertExact(translate(call(Function.NOT, in)), "(id ne 1 and id ne 2)");
    assertThat(translate(Tables.shop("Customers", Protocol.V401), in).text())
        .isEqualTo("id in (1,2)");
  }

  @Test
  void times_are_sent_as_fine_as_the_property_keeps_them() {
    Instant moment = Instant.parse("2026-11-22T04:36:00.1234567Z");
    assertExact(compare(Function.GE, "created", moment), "created ge 2026-11-22T04:36:00.1234567Z");
    assertExact(
        compare(Function.EQ, "changed", Instant.parse("2026-11-22T04:36:00Z")),
        "changed eq 2026-11-22T04:36:00Z");
    assertNarrows(compare(Function.GT, "changed", moment), "changed ge 2026-11-22T04:36:00.123Z");
    assertNarrows(compare(Function.LT, "changed", moment), "changed le 2026-11-22T04:36:00.124Z");
    assertNone(compare(Function.EQ, "changed", moment));
    assertExact(compare(Function.EQ, "day", LocalDate.of(2026, 1, 2)), "day eq 2026-01-02");
    assertExact(compare(Function.LT, "hour", LocalTime.of(1, 2, 3)), "hour lt 01:02:03");
  }

  @Test
  void identifiers_are_equal_or_not_but_have_no_order() {
    UUID id = UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff");
    assertExact(compare(Function.EQ, "guid", id), "guid eq " + id);
    assertNone(compare(Function.LT, "guid", id));
  }

  @Test
  void members_of_an_enumeration_are_named_with_their_type() {
    assertNarrows(compare(Function.EQ, "colour", "Red"), "colour eq Shop.Types.Colour'Red'");
    assertNone(compare(Function.EQ, "colour", "Pink"));
    assertNone(compare(Function.EQ, "rights", "Read"));
  }

  @Test
  void null_tests_are_sent_where_services_agree() {
    assertExact(translate(call(Function.IS_NULL, column("big"))), "big eq null");
    assertExact(translate(call(Function.IS_NOT_NULL, column("big"))), "big ne null");
    assertNarrows(translate(call(Function.IS_NULL, column("name"))), "name eq null");
    assertNone(translate(call(Function.IS_NULL, column("id"))));
    assertNone(translate(call(Function.IS_NULL, column("tags"))));
    assertNone(translate(call(Function.IS_NULL, column("address.city"))));
  }

  @Test
  void a_part_of_a_structure_is_a_path() {
    assertExact(compare(Function.EQ, "address.zip", 8001), "address/zip eq 8001");
  }

  @Test
  void the_rest_of_an_and_still_narrows() {
    Expression both =
        call(
            Function.AND,
            call(Function.EQ, column("id"), constant(1)),
            call(Function.NE, column("name"), constant("x")));
    assertNarrows(translate(both), "id eq 1");
    assertNone(
        translate(call(Function.OR, both, call(Function.NE, column("name"), constant("x")))));
  }

  @Test
  void a_key_that_a_join_supplies_is_answered_like_a_constant() {
    Expression join = call(Function.IN, column("id"), new Placeholder(DataType.INTEGER));
    assertThat(translate(join).fidelity()).isEqualTo(Fidelity.EXACT);
    Expression text = call(Function.EQ, column("name"), new Placeholder(DataType.VARCHAR));
    assertThat(translate(text).fidelity()).isEqualTo(Fidelity.NARROWING);
  }

  @Test
  void url_text_is_encoded_once() {
    assertThat(UrlText.query("name eq 'a+b & c#d%/é'"))
        .isEqualTo("name%20eq%20'a%2Bb%20%26%20c%23d%25/%C3%A9'");
  }
}
