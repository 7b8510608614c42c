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
          tables: {a: {path: /a}}                             | needs 'columns'                  | api.yaml:1
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
