package dev.quire.aws.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstSentenceTest {

  @Test
  void tags_go_and_the_first_sentence_stays() {
    assertThat(
            FirstSentence.of("<p>Lists  <code>runs</code> of a job.</p><p>Newest first.</p>", 100))
        .contains("Lists runs of a job.");
  }

  @Test
  void entities_are_characters() {
    assertThat(FirstSentence.of("<p>a &lt; b &amp;&amp; c &gt; d</p>", 100))
        .contains("a < b && c > d");
  }

  @Test
  void a_point_inside_of_a_name_ends_nothing() {
    assertThat(FirstSentence.of("See version 1.2 of amazon.com for more. Then go.", 100))
        .contains("See version 1.2 of amazon.com for more.");
  }

  @Test
  void a_long_sentence_is_cut_between_words() {
    assertThat(FirstSentence.of("one two three four five six", 15)).contains("one two three…");
  }

  @Test
  void nothing_but_tags_is_nothing() {
    assertThat(FirstSentence.of("<p></p> <br/>", 100)).isEmpty();
  }
}
