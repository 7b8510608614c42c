// glue_sdk.mjs URL OUTPUT [LIMIT]: the paginator of the AWS SDK.
import { GlueClient, paginateGetJobRuns } from '@aws-sdk/client-glue';
import { Sink, RUN } from './sink.mjs';

const [url, output, limit] = process.argv.slice(2);
const sink = new Sink(output, RUN);
const client = new GlueClient({ endpoint: url });
for await (const page of paginateGetJobRuns({ client, pageSize: limit ? +limit : 200 }, { JobName: 'nightly-load' })) {
  sink.rows(page.JobRuns);
  if (limit) break;
}
sink.close();
