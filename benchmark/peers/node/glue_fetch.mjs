// glue_fetch.mjs URL OUTPUT: a loop with fetch.
import { Sink, RUN } from './sink.mjs';

const [url, output] = process.argv.slice(2);
const sink = new Sink(output, RUN);
const headers = { 'X-Amz-Target': 'AWSGlue.GetJobRuns', 'Content-Type': 'application/x-amz-json-1.1' };
let token;
do {
  const body = JSON.stringify({ JobName: 'nightly-load', MaxResults: 200, NextToken: token });
  const answer = await fetch(url, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = await answer.json();
  sink.rows(page.JobRuns);
  token = page.NextToken;
} while (token);
sink.close();
