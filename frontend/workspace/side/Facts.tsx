import type { ComponentChildren } from "preact";

import type { BoardVisitor } from "../../shared/protocol.ts";
import { number } from "../../shared/time.ts";
import { When } from "../../shared/ui/When.tsx";
import { placeOf } from "../model/rows.ts";
import { sourceName } from "../model/sourceName.ts";
import { languageName, shortId, sourceNames, systemWords } from "../queue/columns.ts";
import { reader } from "../store/page.ts";
import { t, type TextKey } from "../texts/index.ts";
import { CopyButton } from "./CopyButton.tsx";
import { PageLink } from "./PageLink.tsx";

/** Of the present visit, or the last one while the visitor has just left. */
export function Facts({ of }: { of: BoardVisitor }) {
  const { visitor, page, pages, entered_at, left_at, carrier, ip, browser } = of;
  const system = systemWords({ system: of.system ?? "", device: of.device ?? "other" });
  return (
    <dl class="side-facts">
      <Fact name="page">
        <PageLink page={page} />
      </Fact>
      <Fact name="pagesSeen">{number(pages ?? 1, reader.language)}</Fact>
      <Fact name="entered">
        <When at={new Date(entered_at)} reader={reader} />
      </Fact>
      <Fact name="leftAt">
        {left_at != null && <When at={new Date(left_at)} reader={reader} />}
      </Fact>
      <SourceFacts of={of} />
      <Fact name="place">{placeOf(of.place)}</Fact>
      <Fact name="carrier">{carrier}</Fact>
      <Fact name="ip">{ip && <Copied text={ip} shown={ip} name="copyIp" />}</Fact>
      <Fact name="browser">{browser}</Fact>
      <Fact name="system">{system}</Fact>
      <Fact name="language">{languageName(of.language ?? "")}</Fact>
      <Fact name="visitorId">
        <Copied text={visitor} shown={shortId(visitor)} name="copyId" />
      </Fact>
    </dl>
  );
}

function SourceFacts({ of: { source } }: { of: BoardVisitor }) {
  const kind = t(sourceNames[source?.kind ?? "direct"]);
  return (
    <>
      <Fact name="source">{source?.name ? `${kind} · ${sourceName(source)}` : kind}</Fact>
      <Fact name="searchWords">{source?.words}</Fact>
    </>
  );
}

/** Nothing where nothing is known. */
function Fact({ name, children }: { name: TextKey; children?: ComponentChildren }) {
  if (!children) return null;
  const isWords = typeof children === "string";
  return (
    <div class="side-fact">
      <dt>{t(name)}</dt>
      <dd class={isWords ? "side-words" : undefined}>{children}</dd>
    </div>
  );
}

function Copied({ text, shown, name }: { text: string; shown: string; name: TextKey }) {
  return (
    <span class="side-copied">
      <span class="cut" title={text}>
        {shown}
      </span>
      <CopyButton text={text} name={t(name)} />
    </span>
  );
}
