package dev.quire.rest.paging;

import dev.quire.http.Links;
import dev.quire.rest.spec.PagingSpec.NextUrl;
import java.util.Optional;

/** Follows a URL in the answer byte for byte. */
record UrlPager(NextUrl spec) implements Pager {

  @Override
  public void apply(Optional<String> from, Target target) {
    from.ifPresent(target::follow);
  }

  @Override
  public Optional<String> next(Seen seen) {
    Optional<String> next =
        seen.find(spec.at()).map(found -> Links.resolve(seen.url(), found.text().strip()));
    return More.weigh(spec.more(), seen, next);
  }
}
