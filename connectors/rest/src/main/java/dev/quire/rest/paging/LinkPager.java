package dev.quire.rest.paging;

import dev.quire.http.Links;
import dev.quire.rest.spec.PagingSpec.LinkHeader;
import java.util.Optional;

/** Follows the link of a relation type in the Link headers (RFC 8288). */
record LinkPager(LinkHeader spec) implements Pager {

  @Override
  public void apply(Optional<String> from, Target target) {
    from.ifPresent(target::follow);
  }

  @Override
  public Optional<String> next(Seen seen) {
    return LinkFields.find(seen.headers().apply("Link"), spec.rel())
        .filter(target -> !target.isEmpty())
        .map(target -> Links.resolve(seen.url(), target));
  }
}
