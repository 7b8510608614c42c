package dev.quire.cli;

import dev.quire.sample.SampleOptions;
import java.util.List;

/**
 * A statement of the demo and what must come of it.
 *
 * @param title what it shows
 * @param rows how many there must be
 * @param calls the most requests for rows that it may need
 */
record DemoStatement(String title, String sql, long rows, long calls) {
  private static final long PAGE = 5_000;

  /** The statements of the demo, over these tables. */
  static List<DemoStatement> over(SampleOptions options) {
    long accounts = options.accounts();
    return List.of(
        new DemoStatement(
            "A whole table, page after page",
            "SELECT name, address1_city, revenue, createdon\nFROM crm.accounts",
            accounts,
            (accounts + PAGE - 1) / PAGE),
        new DemoStatement(
            "A limit asks for no more than it needs",
            "SELECT name, revenue\nFROM crm.accounts\nLIMIT 5",
            Math.min(5, accounts),
            1),
        new DemoStatement(
            "The service filters and sorts; the join looks five accounts up by their keys",
            """
            SELECT o.subject, o.estimatedvalue, a.name AS account, a.address1_city
            FROM (SELECT name AS subject, estimatedvalue, _customerid_value
                  FROM crm.opportunities
                  WHERE statecode = 0 AND closeprobability >= 90
                  ORDER BY estimatedvalue DESC LIMIT 5) o
            JOIN crm.accounts a ON a.accountid = o._customerid_value
            ORDER BY o.estimatedvalue DESC"""
                .stripTrailing(),
            5,
            2),
        new DemoStatement(
            "Groups of the whole table",
            """
            SELECT statecode, COUNT(*) AS opportunities, SUM(estimatedvalue) AS total
            FROM crm.opportunities
            GROUP BY statecode
            ORDER BY statecode"""
                .stripTrailing(),
            3,
            1),
        new DemoStatement(
            "AWS: all runs of all Glue jobs, 200 a page, by one statement",
            """
            SELECT r.JobName, r.JobRunState, r.StartedOn, r.ExecutionTime
            FROM aws.glue.get_jobs j
            JOIN aws.glue.get_job_runs r ON r.JobName = j.Name"""
                .stripTrailing(),
            1_234,
            9));
  }
}
