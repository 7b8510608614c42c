package dev.quire.odata;

import dev.quire.testkit.Ability;

/** The profile of Microsoft Graph holds what every source must hold. */
class GraphConformanceTest extends ODataConformanceTest {

  @Override
  String profile() {
    return "graph";
  }

  @Override
  protected boolean supports(Ability ability) {
    return ability != Ability.PUSH_OFFSET;
  }
}
