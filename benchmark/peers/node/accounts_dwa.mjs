// accounts_dwa.mjs URL OUTPUT all|three [pages]: dynamics-web-api, everything at once or page by page.
import { DynamicsWebApi } from 'dynamics-web-api';
import { Sink, ACCOUNT, THREE } from './sink.mjs';

const [url, output, which, how] = process.argv.slice(2);
const columns = which === 'three' ? THREE : ACCOUNT;
const sink = new Sink(output, columns);
const api = new DynamicsWebApi({ serverUrl: url, dataApi: { version: '9.2' } });
const request = { collection: 'accounts', select: columns, maxPageSize: 5000 };
if (how === 'pages') {
  let page = await api.retrieveMultiple(request);
  sink.rows(page.value);
  while (page.oDataNextLink) {
    page = await api.retrieveMultiple(request, page.oDataNextLink);
    sink.rows(page.value);
  }
} else {
  const all = await api.retrieveAll(request);
  sink.rows(all.value);
}
sink.close();
