package dev.quire.sample.planted;

import dev.quire.sample.planted.cycle.There;

/** Breaks several rules on purpose. */
public final class ClassWithManyFaults {
  public java.sql.Connection connection;
  public java.net.http.HttpClient client;
  public There there;

  public void printsTheTime() {
    System.out.println(System.currentTimeMillis());
  }

  public String writesDigitsAsTheMachineLikes() {
    return String.format("%d", 1);
  }
}
