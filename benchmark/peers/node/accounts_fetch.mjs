// accounts_fetch.mjs URL OUTPUT all|three: a loop with fetch.
import { Sink, ACCOUNT, THREE } from './sink.mjs';

const [url, output, which] = process.argv.slice(2);
const columns = which === 'three' ? THREE : ACCOUNT;
const sink = new Sink(output, columns);
let link = url + '/api/data/v9.2/accounts?$select=' + columns.join(',');
while (link) {
  const answer = await fetch(link, { headers: { Prefer: 'odata.maxpagesize=5000', Accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = await answer.json();
  sink.rows(page.value);
  link = page['@odata.nextLink'];
}
sink.close();
