package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.rest.spec.SpecReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a spec is said with its line and a way out. */
class SpecTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0007',
      textBlock =
          """
          tables: {a: {path: /a, colums: {id: integer}}}      | api.yaml:1: unknown key 'colums' | Did you mean 'columns'?
          tables: {a: {path: /a, columns: {id: intger}}}      | there is no type 'intger'        | Did you mean 'integer'
          tables: {a: {columns: {id: integer}}}               | needs the key 'path'             | 'a'
          tables: {}                                          | there are no tables              | api.yaml:1
          url: x                                              | needs the key 'tables'           | api.yaml:1
          tables: {a: {path: /a, filters: [{column: x, parameter: x}]}} | no column 'x'          | given: true
          tables: {a: {path: /a, form: true, columns: {x: string}}} | only a POST has a body      | method: POST
          tables: {a: {path: /a, method: POST, form: true, body: {}, columns: {x: string}}} | its parameters | 'form'
          tables: {a: {path: /a, columns: {x: string}, page_size: {parameter: n, usual: 9, most: 5}}} | more than 'most' | api.yaml:1
          tables: {a: {path: /a, columns: {x: string}, errors: {retry: [a]}}} | nor 'message' says   | api.yaml:1
          tables: {a: {path: /a, columns: {x: string}, format: cvs}} | must be one of json, jsonl, csv, xml | Did you mean 'csv'
          tables: {a: {path: /a, columns: {x: string}, format: {type: csv, delimiter: '::'}}} | one character | A tab is written
          tables: {a: {path: /a, columns: {x: string}, format: {type: jsonl, header: true}}} | unknown key 'header' | api.yaml:1
          tables: {a: {path: /a, columns: {x: string}, format: csv, rows: /items}} | leave out 'rows'   | api.yaml:1
          tables: {a: {path: /a, columns: {x: string}, format: jsonl, paging: {style: token, from: /n, parameter: n}}} | rows alone | header
          tables: {a: {path: /a, columns: {x: string}, format: xml}}            | the rows are elements | /feed/entry
          tables: {a: {path: '/a/{x}', parent: {table: b, x: /x}}}   | there is no table 'b'        | Did you mean 'a'?
          tables: {a: {path: '/a/{x}', parent: {table: a, x: /x}}}   | among its own parents        | api.yaml:1
          tables: {a: {path: '/a/{x}', parent: {table: a, y: /x}}}   | unknown key 'y'              | Did you mean 'x'
          tables: {a: {path: '/a/{x}', parent: {table: a}}}          | needs the key 'x'            | api.yaml:1
          tables: {a: {path: /a, parent: {table: a}}}                | no {name}                    | api.yaml:1
          tables: {b: {path: /b, columns: {idd: string}}, a: {path: '/a/{x}', parent: {table: b, x: id}}} | has no column 'id' | Did you mean 'idd'
          tables: {a: {path: '/a/{x}', sample: {y: 1}}}              | unknown key 'y'              | Did you mean 'x'
          tables: {a: {path: /a, session: {open: {path: /o}, id: /id}}} | say where the value goes   | parameter, header, body
          tables: {a: {path: /a, session: {open: {path: /o}, body: /id}}} | needs the key 'id'       | api.yaml:1
          tables: {a: {path: /a, columns: {x: string}, paging: {style: offset, parameter: o, parallel: true}}} | side by side only where | 'total'
          {rate_limit: 10, tables: {a: {path: /a}}}                  | must be like 10/s            | '10'
          tables: {a: {path: /a, columns: {x: string}, rows: items}} | 'items' is no JSON Pointer | /items
          tables: {a: {path: /a, columns: {x: string}, key: y}}      | the key 'y' is no column   | api.yaml:1
          tables: {a: {path: /a, columns: {x: string}, body: {}}}    | only a POST has a body     | method: POST
          tables: {a: {path: /a, columns: {x: string}, paging: {style: tokn}}} | must be one of   | Did you mean 'token'
          tables: {a: {path: /a, columns: {x: string}, paging: {style: token, from: /n}}} | say where the value goes | parameter, header, body
          tables: {a: {path: /a, columns: {x: string}, paging: {style: offset, parameter: o, total: /t, more: /m}}} | only one of | last page
          tables: {a: {path: /a, columns: {owner: string}, filters: [{column: ownr, parameter: o}]}} | no column 'ownr' | Did you mean 'owner'
          tables: {a: {path: /a, columns: {x: {type: string, given: true}}, filters: [{column: x, operator: '>', parameter: o}]}} | takes = alone | api.yaml:1
          tables: {a: {path: /a, columns: {x: string}, page_size: {parameter: n, most: 0}}} | must be a number from 1 | '0'
          tables: [a                                          | bad YAML                         | api.yaml
          """)
  void what_is_wrong_is_said_with_its_place(String text, String problem, String more) {
    assertThatThrownBy(() -> SpecReader.parse("api.yaml", text))
        .hasMessageContaining(problem)
        .hasMessageContaining(more)
        .hasMessageContaining("api.yaml");
  }
}
