// Where the peers' rows go: CSV in a file or on standard output.
import fs from 'node:fs';

export const ACCOUNT =
  ('accountid,name,accountnumber,emailaddress1,address1_city,revenue,numberofemployees,importsequencenumber,' +
  'statecode,createdon,modifiedon,_ownerid_value').split(',');
export const THREE = ['accountid', 'name', 'revenue'];
export const RUN =
  ('Id,Attempt,TriggerName,JobName,StartedOn,LastModifiedOn,CompletedOn,JobRunState,ErrorMessage,ExecutionTime,Timeout,' +
  'MaxCapacity,WorkerType,NumberOfWorkers').split(',');

function field(value) {
  if (value === null || value === undefined) return '';
  const text = value instanceof Date ? value.toISOString() : String(value);
  return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

export class Sink {
  constructor(output, columns) {
    this.columns = columns;
    this.count = 0;
    this.file = output === '-' ? 1 : fs.openSync(output, 'w');
    fs.writeSync(this.file, columns.join(',') + '\n');
  }

  rows(rows) {
    const columns = this.columns;
    this.count += rows.length;
    let text = '';
    for (const row of rows) {
      for (let i = 0; i < columns.length; i++) text += (i ? ',' : '') + field(row[columns[i]]);
      text += '\n';
    }
    fs.writeSync(this.file, text);
  }

  close() {
    if (this.file !== 1) fs.closeSync(this.file);
    console.error(JSON.stringify({ rows: this.count }));
  }
}
